#!/usr/bin/python3
"""Folding and melting temperatures beside the peers that are installed, in one run; prints CPU seconds and ratios.

    bench/dna_thermo.py BUILD_FOLDER

Peers: RNAfold on the path, Biopython for this Python. Without them Leaven's figures stand alone.
"""

import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def drawn(count, length, letters):
    return ["".join(random.choice(letters) for _ in range(length)) for _ in range(count)]


def children_seconds():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def rnafold(sequences):
    if shutil.which("RNAfold") is None:
        return None
    begin = children_seconds()
    subprocess.run(["RNAfold", "--noPS"], input="\n".join(sequences), text=True, check=True, capture_output=True)
    return children_seconds() - begin


def biopython(oligos):
    try:
        from Bio.SeqUtils.MeltingTemp import DNA_NN4, Tm_NN
    except ImportError:
        return None
    import time

    begin = time.process_time()
    for oligo in oligos:
        Tm_NN(oligo, nn_table=DNA_NN4)
    return time.process_time() - begin


def leaven(build, *inputs):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for k, lines in enumerate(inputs):
            paths.append(str(Path(folder) / str(k)))
            Path(paths[-1]).write_text("\n".join(lines) + "\n")
        command = [str(build / "bench" / "dna_thermo_bench"), *paths, "--benchmark_format=json",
                   "--benchmark_min_time=0.2"]
        out = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {run["name"]: run["cpu_time"] * 1e-3 for run in out["benchmarks"]}


def row(task, count, unit, mine, peer, theirs):
    beside = f"{peer} {theirs:.3f} s   ratio {theirs / mine:.1f}" if theirs else f"{peer} is not installed"
    print(f"{task:32} Leaven {mine:.4f} s, {count / mine:,.0f} {unit}/s   {beside}")


def main():
    random.seed(1)
    build = Path(sys.argv[1])
    long, windows = drawn(20, 1000, "ACGU"), drawn(2000, 70, "ACGU")
    oligos = drawn(20000, 20, "ACGT")
    sites = [before + "ATG" + after for before, after in zip(drawn(4315, 35, "ACGT"), drawn(4315, 32, "ACGT"))]
    mine = leaven(build, long, windows, oligos, sites)
    row("fold 20 of 1,000 bases", 20, "folds", mine["long"], "RNAfold", rnafold(long))
    row("fold 2,000 windows of 70 bases", 2000, "windows", mine["windows"], "RNAfold", rnafold(windows))
    row("Tm of 20,000 oligos", 20000, "Tm", mine["oligos"], "Biopython", biopython(oligos))
    print(f"{'rates of 4,315 start sites':32} Leaven {mine['sites']:.4f} s")


if __name__ == "__main__":
    main()
