"""The stub files, made from the declarations, agree with the package and with mypy --strict."""

import subprocess
import sys

import pytest
from conftest import ROOT

pytest.importorskip("mypy")


def test_a_typed_program_is_clean(tmp_path):
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path),
                           str(ROOT / "python/tests/typed_example.py")], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_a_wrong_program_is_not(tmp_path):
    program = tmp_path / "wrong.py"
    program.write_text('import leaven\nleaven.metabolism.fba("m", method="best")\nleaven.metabolism.fva("m", fractoin=1)\n')
    done = subprocess.run([sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path), str(program)],
                          capture_output=True, text=True, cwd=tmp_path)
    assert "method" in done.stdout and "fractoin" in done.stdout


def test_the_stubs_are_those_of_the_package(tmp_path):
    done = subprocess.run([sys.executable, "-m", "mypy.stubtest", "leaven", "--ignore-missing-stub",
                           "--mypy-config-file", str(ROOT / "python/tests/mypy.ini")],
                          capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
