"""The compiled program over a solver: what holds of every record, or a record where it does not.

`record` is a record whose facts are unknowns, `symbolic` reads a program's steps over it,
`calendar` lets the solver count days, `question` asks. A found record is a case that the engine
itself judges: no finding rests on the solver alone.
"""
