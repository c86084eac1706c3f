"""How long work takes: shared by the benchmarks."""

import time


def seconds(work, runs):
    """The best of several runs, in seconds of the clock."""
    best = float("inf")
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best
