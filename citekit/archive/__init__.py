"""Links and their archived copies: cleaning addresses, fetching them safely, judging what came back.

`urls` and `wrappers` read addresses; `session` and what lies under it (`addresses`, `connections`, `deadlines`,
`pacing`) are the only way to the network. Nothing here reads or writes the store.
"""
