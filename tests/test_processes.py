"""Work in other processes: values and exceptions come back, and one that dies takes nothing else along."""

from __future__ import annotations

import math
import operator
import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from citekit.errors import ProcessEndedError
from citekit.processes import Processes, available


def test_values_come_back() -> None:
    with Processes(2) as processes:
        found = [processes.submit(math.factorial, number) for number in range(20)]
        assert [one.result() for one in found] == [math.factorial(number) for number in range(20)]


def test_all_processes_have_done_a_first_thing_before_they_are_asked(tmp_path: Path) -> None:
    one, other = str(tmp_path / "one"), str(tmp_path / "other")
    with Processes(2) as processes:
        processes.start(partial(os.chdir, tmp_path))
        met = [processes.submit(exec, _TOGETHER, {"own": a, "other": b}) for a, b in (("one", other), ("other", one))]
        assert [each.result(timeout=300) for each in met] == [None, None], "two, both in the folder"


def test_a_first_thing_that_fails_is_told_by_what_is_asked() -> None:
    with Processes(2) as processes:
        processes.start(partial(operator.truediv, 1, 0))
        with pytest.raises(ZeroDivisionError):
            processes.submit(operator.truediv, 1, 0).result()
        assert processes.submit(operator.add, 1, 2).result() == 3


def test_a_started_process_that_dies_costs_its_own_answer_alone() -> None:
    with Processes(2) as processes:
        processes.start(os.getpid)
        ends = [processes.submit(*work) for work in ((os._exit, 7), (os.abort,), (operator.add, 2, 3))]
        with pytest.raises(ProcessEndedError, match="ended with status 7"):
            ends[0].result()
        with pytest.raises(ProcessEndedError, match="ended by signal 6"):
            ends[1].result()
        assert ends[2].result() == 5


def test_started_processes_end_with_the_others() -> None:
    with Processes(2) as processes:
        processes.start(os.getpid)
        running = {processes.submit(os.getpid).result() for _ in range(4)}
        asleep = [processes.submit(time.sleep, 600) for _ in range(2)]
    # One that no process had taken up yet is not begun.
    assert all(one.cancelled() or one.exception() is not None for one in asleep)
    for process in running:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_processes_that_were_never_asked_end_too() -> None:
    with Processes(3) as processes:
        processes.start(partial(time.sleep, 600))


def test_an_exception_comes_back_as_itself() -> None:
    with Processes(1) as processes:
        with pytest.raises(ZeroDivisionError, match="division by zero"):
            processes.submit(operator.truediv, 1, 0).result()
        assert processes.submit(operator.add, 1, 1).result() == 2


def test_what_cannot_be_sent_back_is_told_as_an_exception() -> None:
    with Processes(1) as processes, pytest.raises(RuntimeError, match="pickle"):
        processes.submit(open, os.devnull).result()


def test_a_process_that_dies_costs_its_own_answer_alone() -> None:
    with Processes(1) as processes:
        before, during, after = (
            processes.submit(*work) for work in ((os.getpid,), (os._exit, 7), (operator.add, 2, 3))
        )
        assert before.result() != os.getpid()
        with pytest.raises(ProcessEndedError, match="ended with status 7"):
            during.result()
        assert after.result() == 5


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no signals")
def test_a_killed_process_says_by_which_signal() -> None:
    with Processes(1) as processes, pytest.raises(ProcessEndedError, match="ended by signal 6"):
        processes.submit(os.abort).result()


def test_words_that_a_library_prints_do_not_come_between() -> None:
    with Processes(1) as processes:
        assert processes.submit(os.write, 1, b"noise\n").result() == 6
        assert processes.submit(partial(print, "more noise")).result() is None
        assert processes.submit(operator.add, 1, 2).result() == 3


_ALONE = """
import os, time
os.mkdir(place)  # fails while another is at work
with open(place + ".order", "a") as order:
    order.write(f"{number} ")
time.sleep(0.01)
os.rmdir(place)
"""

_TOGETHER = """
import os, time
os.mkdir(own)
while not os.path.exists(other):
    time.sleep(0.01)
"""


def test_while_one_rests_the_other_does_all_work_in_its_order(tmp_path: Path) -> None:
    place = tmp_path / "desk"
    with Processes(2) as processes, processes.one_resting():
        done = [processes.submit(exec, _ALONE, {"place": str(place), "number": number}) for number in range(20)]
        assert {one.result() for one in done} == {None}, "never two at once"
    assert (tmp_path / "desk.order").read_text().split() == [str(number) for number in range(20)]


def test_after_the_rest_both_work_again(tmp_path: Path) -> None:
    one, other = str(tmp_path / "one"), str(tmp_path / "other")
    with Processes(2) as processes:
        with processes.one_resting():
            processes.submit(os.getpid).result()
        met = [processes.submit(exec, _TOGETHER, {"own": a, "other": b}) for a, b in ((one, other), (other, one))]
        assert [each.result(timeout=300) for each in met] == [None, None], "each waits for the other"


def test_a_single_process_does_not_rest() -> None:
    with Processes(1) as processes, processes.one_resting():
        assert processes.submit(operator.add, 2, 3).result() == 5


def test_closing_waits_for_nothing() -> None:
    began = time.monotonic()
    with Processes(1) as processes:
        running = processes.submit(time.sleep, 600)
        waiting = processes.submit(time.sleep, 600)
        processes.submit(os.getpid)
    assert time.monotonic() - began < 300, "ended, not waited for"
    assert waiting.cancelled()
    assert running.exception() is not None


def test_some_processor_is_there() -> None:
    assert available() >= 1
