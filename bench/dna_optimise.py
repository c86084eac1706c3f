#!/usr/bin/python3
"""DNA Chisel and Leaven on the same recoding problems; prints the ratio of CPU seconds.

    bench/dna_optimise.py BUILD_FOLDER ../shared/data/dna

Where the package dnachisel is installed for this Python it runs here, else the seconds that the data file states are
taken. The objective of either answer is in the file and in Leaven's output.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TABLE = "e_coli_316407"


def problem_of(item):
    constraints = [{"id": "cds", "kind": "translation", "protein": item["protein"]}]
    constraints += [{"id": e, "kind": "avoid", "pattern": e} for e in ("BsaI", "BsmBI", "BbsI")]
    constraints += [
        {"id": "runs", "kind": "homopolymer", "max": {"A": 7, "T": 7, "G": 5, "C": 5}},
        {"id": "gc", "kind": "gc", "min": 0.3, "max": 0.7, "window": 60},
    ]
    if item["extra"]:
        constraints += [
            {"id": "hairpin", "kind": "hairpin", "stem": 20, "span": 200},
            {"id": "repeat", "kind": "repeat", "k": 20},
        ]
    method = "cai" if item["method"] == "use_best_codon" else "match"
    objectives = [{"id": "codons", "kind": "codon", "method": method, "table": TABLE}]
    return {"sequence": item["start"], "constraints": constraints, "objectives": objectives}


def peer_seconds(item):
    """DNA Chisel on the same problem, or what the file states."""
    try:
        import dnachisel as dc
    except ImportError:
        return item["cpu_s"]
    constraints = [dc.AvoidPattern(p) for p in item["constraints"][:7]]
    constraints += [dc.EnforceGCContent(mini=0.3, maxi=0.7, window=60), dc.EnforceTranslation()]
    if item["extra"]:
        constraints += [dc.AvoidHairpins(20, 200), dc.UniquifyAllKmers(20)]
    objective = dc.CodonOptimize(species="e_coli", method=item["method"])
    begin = time.process_time()
    problem = dc.DnaOptimizationProblem(item["start"], constraints=constraints, objectives=[objective], logger=None)
    problem.resolve_constraints()
    problem.optimize()
    return time.process_time() - begin


def nine_kb(items):
    item = dict(items[0])
    proteins = {i["protein"]: i["start"] for i in items if len(i["protein"]) == 700}
    item["protein"] = "".join(proteins)[:3000]
    item["start"] = "".join(proteins.values())[:9000]
    while len(item["protein"]) < 3000:
        more = next(i for i in items if len(i["protein"]) == 300)
        item["protein"] = (item["protein"] + more["protein"])[:3000]
        item["start"] = (item["start"] + more["start"])[:9000]
        items = [i for i in items if i["protein"] != more["protein"]]
        if not any(len(i["protein"]) == 300 for i in items):
            break
    item["extra"] = False
    return item


def main():
    build, data = Path(sys.argv[1]), Path(sys.argv[2])
    items = json.loads(gzip.open(data / "oracles/codon_dnachisel3211.json.gz").read())
    bench = str(build / "bench" / "dna_bench")
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, item in enumerate([*items, nine_kb(items)]):
            paths.append(Path(folder) / f"{number}.json")
            paths[-1].write_text(json.dumps(problem_of(item)))
        out = subprocess.run([bench, *map(str, paths)], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in out.splitlines()]
    mine = sum(float(row[0]) for row in rows[:-1])
    theirs = sum(map(peer_seconds, items))
    proven = sum(row[1] == "0" for row in rows[:-1])
    print(f"36 problems   DNA Chisel {theirs:.2f} s   Leaven {mine:.3f} s   ratio {theirs / mine:.0f}   proven {proven}")
    print(f"9 kb gene     Leaven {float(rows[-1][0]):.3f} s   status {rows[-1][1]}")
    out = subprocess.run(
        [bench, "--remove", "BsaI", str(data / "genomes/MG1655.gbff.gz")], check=True, capture_output=True, text=True
    ).stdout.split()
    print(f"BsaI out of {out[1]} genes   Leaven {float(out[0]):.2f} s   changed {out[2]}   impossible {out[3]}")


if __name__ == "__main__":
    main()
