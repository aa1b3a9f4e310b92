"""The most memory that a program started by a test has held.

`ru_maxrss` will not do for the program itself: Linux hands the peak of the process that forked it, the test runner's
own gigabyte, on through `exec`. `VmHWM` of proc_pid_status(5) belongs to the program alone.
"""

PEAK_MEMORY = """
def peak_memory():
    "Kilobytes: of this process, or of the largest child that it waited for."
    import resource, sys
    scale = 1024 if sys.platform == "darwin" else 1
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    except (FileNotFoundError, StopIteration):
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // scale
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // scale)
"""
