#!/usr/bin/python3
"""Biopython and Leaven reading the same GenBank genome in one run; prints the ratio of CPU seconds.

    bench/seq.py BUILD_FOLDER MG1655.gbff.gz

Both read the unpacked file, each the best of several times; Biopython must be installed for this Python.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from Bio import SeqIO


def peer(path):
    best = float("inf")
    for _ in range(5):
        begin = time.process_time()
        SeqIO.read(path, "genbank")
        best = min(best, time.process_time() - begin)
    return best


def leaven(build, path):
    command = [str(build / "bench" / "seq_bench"), path, "--benchmark_format=json", "--benchmark_min_time=0.1", "--benchmark_repetitions=9"]
    out = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    scale = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}
    best = {}
    for run in out["benchmarks"]:
        if run["run_type"] == "iteration":
            spent = run["cpu_time"] * scale[run["time_unit"]]
            best[run["name"]] = min(spent, best.get(run["name"], spent))
    return best


def main():
    build, packed = Path(sys.argv[1]), sys.argv[2]
    with tempfile.NamedTemporaryFile(suffix=".gb") as plain:
        plain.write(gzip.open(packed).read())
        plain.flush()
        theirs = peer(plain.name)
        mine = leaven(build, plain.name)
    print(f"read MG1655   Biopython {theirs:.3f} s   Leaven {mine['read']:.4f} s   ratio {theirs / mine['read']:.1f}")
    print(f"write MG1655  Leaven {mine['write']:.4f} s")


if __name__ == "__main__":
    main()
