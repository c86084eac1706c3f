#!/usr/bin/python3
"""COBRApy with GLPK and Leaven on the same models in one run; prints a table of ratios.

    bench/metabolism.py BUILD_FOLDER MODELS_FOLDER [--quick]

Every row is the best of several runs, in turn, so that a machine whose speed drifts is the same for both.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import cobra
import cobra.flux_analysis as analysis

from timing import seconds

cobra.Configuration().processes = 1


def cold(model, work):
    """On a copy that was never solved, as Leaven's runs begin; the copying does not count."""
    fresh = model.copy()
    begin = time.perf_counter()
    work(fresh)
    return time.perf_counter() - begin


FVA_SCRIPT = """import sys, cobra
cobra.Configuration().processes = 1
model = cobra.io.read_sbml_model(sys.argv[1])
print(cobra.flux_analysis.flux_variability_analysis(model, fraction_of_optimum=0.9).to_csv())"""


def peer_rows(models, quick):
    path = str(models / "iML1515.xml.gz")
    model = cobra.io.read_sbml_model(path)
    rows = {
        "read iML1515": seconds(lambda: cobra.io.read_sbml_model(path), 1 if quick else 2),
        "fba iML1515": min(cold(model, lambda fresh: fresh.slim_optimize()) for _ in range(3)),
        "pfba iML1515": min(cold(model, analysis.pfba) for _ in range(3)),
        # The same from a model that was solved before, both programs and all: Leaven keeps nothing between two calls.
        "pfba iML1515, solved before": seconds(lambda: analysis.pfba(model), 3),
        "fva 90 % iML1515": seconds(lambda: analysis.flux_variability_analysis(model, fraction_of_optimum=0.9), 1 if quick else 2),
        "gene deletions iML1515": seconds(lambda: analysis.single_gene_deletion(model), 1 if quick else 2),
    }
    core = cobra.io.read_sbml_model(str(models / "e_coli_core.xml.gz"))
    rows["loopless fva core"] = seconds(lambda: analysis.flux_variability_analysis(core, loopless=True, fraction_of_optimum=1.0), 2)
    rows["fva command, all in"] = seconds(lambda: subprocess.run(["/usr/bin/python3", "-c", FVA_SCRIPT, path], check=True, capture_output=True), 1)
    if not quick:
        rows["blocked iML1515"] = seconds(lambda: analysis.find_blocked_reactions(model), 1)
        rows["reaction deletions iML1515"] = seconds(lambda: analysis.single_reaction_deletion(model), 1)
    return rows


def leaven_rows(build, models, quick):
    command = [str(build / "bench" / "metabolism_bench"), str(models), "--benchmark_format=json", "--benchmark_repetitions=2",
               "--benchmark_min_time=0.05"]
    if quick:
        command.append("--benchmark_filter=-(design 3|Human-GEM$|loopless fva iML|double|cut sets iML)")
    out = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    rows = {}
    for run in out["benchmarks"]:
        if run["run_type"] == "iteration":
            name = run["name"].removesuffix("/real_time")
            name = name.removesuffix("/iterations:1")
            rows[name] = min(rows.get(name, float("inf")), run["real_time"] / 1000)
            if "steps" in run:
                print(f"{name}: {run['steps']:.3g} coordinate steps a second on one core")
    fva = [str(build / "leaven"), "metabolism", "fva", str(models / "iML1515.xml.gz"), "--fraction", "0.9", "--json"]
    rows["pfba iML1515, solved before"] = rows["pfba iML1515"]
    rows["fva command, all in"] = seconds(lambda: subprocess.run(fva, check=True, capture_output=True), 2)
    return rows


def main():
    build, models = Path(sys.argv[1]), Path(sys.argv[2])
    quick = "--quick" in sys.argv
    ours = leaven_rows(build, models, quick)
    peers = peer_rows(models, quick)
    print(f"{'task':<30} {'COBRApy + GLPK':>15} {'Leaven':>12} {'ratio':>8}")
    for name, value in ours.items():
        peer = peers.get(name)
        left = f"{peer:.3f} s" if peer else "–"
        ratio = f"{peer / value:.1f}" if peer else "–"
        print(f"{name:<30} {left:>15} {value:>10.4f} s {ratio:>8}")


main()
