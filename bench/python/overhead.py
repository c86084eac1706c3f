"""Leaven and COBRApy from the same interpreter on the same models; prints ratios, and what a call costs.

    build/python/venv/bin/python bench/python/overhead.py MODELS_FOLDER

Every row is the best of several runs, in turn, so that a machine whose speed drifts is the same for both.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import leaven

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from timing import seconds


def against_cobra(models):
    import cobra
    import cobra.flux_analysis as analysis

    cobra.Configuration().processes = 1
    path = str(models / "iML1515.xml.gz")
    held = leaven.Model(path)
    peers = {
        "FVA 90 %": lambda theirs: analysis.flux_variability_analysis(theirs, fraction_of_optimum=0.9),
        "single gene deletions": lambda theirs: analysis.single_gene_deletion(theirs),
    }
    ours = {
        "FVA 90 %": lambda model: leaven.metabolism.fva(model, fraction=0.9).df(),
        "single gene deletions": lambda model: leaven.metabolism.deletions(model).df(),
    }
    print(f"{'iML1515, same interpreter':<28}{'COBRApy':>10}{'cobra.Model':>13}{'leaven.Model':>14}{'ratios':>14}")
    for name, work in ours.items():
        theirs = cobra.io.read_sbml_model(path)  # one each: GLPK may turn in circles from where another task ended
        handed = seconds(lambda: work(theirs), 3)
        kept = seconds(lambda: work(held), 3)
        peer = seconds(lambda: peers[name](theirs), 2)
        print(f"{name:<28}{peer:>9.2f}s{handed:>12.3f}s{kept:>13.3f}s{peer / handed:>8.1f}{peer / kept:>6.1f}")


def overhead(models):
    """A call from Python less the same call through the program's own kernel, timed by its empty and full results."""
    held = leaven.Model(models / "iML1515.xml.gz")
    call = seconds(lambda: leaven.metabolism.info(held), 20)
    result = leaven.metabolism.fba(leaven.Model(models / "Human-GEM.json.gz"))
    numbers = 2 * len(result.fluxes) + len(result.shadow_prices)

    def columns():
        result._members = None
        return result.fluxes.flux, result.fluxes.reduced_cost, result.shadow_prices.value

    spent = seconds(columns, 20)
    print(f"a call that computes next to nothing (metabolism.info): {call * 1e3:.2f} ms")
    print(f"{numbers} numbers to numpy: {spent * 1e3:.2f} ms, {spent / numbers * 1e9:.0f} ns a number; "
          f"a million: {spent / numbers * 1e9:.0f} ms")


def import_time():
    def once():
        subprocess.run([sys.executable, "-c", "import leaven"], check=True)

    def bare():
        subprocess.run([sys.executable, "-c", "pass"], check=True)

    print(f"import leaven: {(seconds(once, 5) - seconds(bare, 5)) * 1e3:.0f} ms")


def interrupt_latency(models):
    """From Ctrl-C to KeyboardInterrupt, in a call of many seconds."""
    held = leaven.Model(models / "iML1515.xml.gz")
    sent = []

    def send():
        time.sleep(1.0)
        sent.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=send).start()
    try:
        leaven.metabolism.design(held, target="EX_succ_e", max_interventions=3, progress=False)
    except KeyboardInterrupt:
        print(f"Ctrl-C to KeyboardInterrupt: {(time.perf_counter() - sent[0]) * 1e3:.0f} ms")


def main():
    models = Path(sys.argv[1])
    import_time()
    overhead(models)
    interrupt_latency(models)
    against_cobra(models)


main()
