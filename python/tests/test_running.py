"""Long calls: Ctrl-C, cancel, progress, threads at once, and nothing that leaks."""

import gc
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import FERMENTER

import leaven

LONG = """
import leaven, os, signal, sys
def started(step, done, total):
    print("running", flush=True)
model = leaven.Model(sys.argv[1])
try:
    leaven.metabolism.design(model, target="EX_lac__D_e", interventions="reactions", max_interventions=5, progress=started)
except KeyboardInterrupt:
    print("interrupted", round(leaven.metabolism.fba(model).objective, 3), flush=True)
"""


def test_ctrl_c_raises_and_the_interpreter_goes_on(needs):
    child = subprocess.Popen([sys.executable, "-c", LONG, needs("textbook")], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "running\n"
    child.send_signal(signal.SIGINT)
    rest = child.communicate()[0].replace("running\n", "")
    assert rest == "interrupted 0.874\n"


def test_progress_can_cancel(needs):
    told = []

    def stop(step, done, total):
        told.append((step, done, total))
        return False

    try:  # a search that is stopped may give what it has
        result = leaven.metabolism.design(needs("textbook"), target="EX_lac__D_e", interventions="reactions",
                                          max_interventions=5, progress=stop)
        assert not result.complete
    except leaven.Cancelled:
        pass
    assert told and told[0][1] <= told[0][2]


def test_what_the_progress_raises_is_raised(needs):
    def wrong(step, done, total):
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        leaven.metabolism.design(needs("textbook"), target="EX_lac__D_e", interventions="reactions",
                                 max_interventions=5, progress=wrong)


def test_calls_from_several_threads_do_not_disturb_each_other():
    model = leaven.Model(FERMENTER)
    sets = [["adh1"], ["ldh"], [], ["adh1"]]
    wanted = [leaven.metabolism.fba(FERMENTER, knockouts=genes).to_json() for genes in sets]

    def one(i):
        source = model if i % 2 else FERMENTER
        return leaven.metabolism.fba(source, knockouts=sets[i % 4], threads=1).to_json()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(200))) == [wanted[i % 4] for i in range(200)]


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_thousand_calls_cancels_and_errors_leave_the_memory_flat():
    model = leaven.Model(FERMENTER)

    def round_of_calls():
        result = leaven.metabolism.fva(model)
        result.rows.minimum.sum()
        result.to_dict()
        leaven.Model(FERMENTER)
        for wrong in ({"fraction": 2}, {"bounds": {"EX_glc_e": (0, 0)}}, {"knockouts": ["none"]}):
            with pytest.raises(leaven.Error):
                leaven.metabolism.fva(model, **wrong)

    for _ in range(100):
        round_of_calls()
    gc.collect()
    before = resident()
    for _ in range(200):
        round_of_calls()
    gc.collect()
    assert resident() - before < 4 << 20
