"""The life of a run, without I/O, clock or thread: commands go in, reports come out; time is an argument.

``run`` is the state machine, ``driver`` trains one run, ``scheduler`` shares a worker among many, ``history`` is the
record that readers pull from, ``ports`` says what an engine promises.
"""
