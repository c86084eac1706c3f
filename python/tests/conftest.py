"""Tests run in the root of the repository; LEAVEN_PROGRAM is the program that was built."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("LEAVEN_PROGRAM", ROOT / "build/release/leaven")).resolve()
FERMENTER = "data/metabolism/fermenter.json"


@pytest.fixture(autouse=True)
def in_root(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LEAVEN_LANG", "en")


@pytest.fixture
def needs(request):
    """needs("textbook"): skips the test where that model is not on this machine."""
    import leaven

    def check(name):
        try:
            return leaven.data.path(name).entries[0].found_at
        except leaven.NotFound:
            pytest.skip(f"no data set {name}")

    return check


class Talk:
    """The MCP server, spoken to line by line."""

    def __init__(self, *options):
        self.process = subprocess.Popen([PROGRAM, "mcp", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, cwd=ROOT)
        self.last = 0
        self.ask("initialize", {"protocolVersion": "2025-06-18", "capabilities": {},
                                "clientInfo": {"name": "test", "version": "1"}})

    def ask(self, method, params):
        self.last += 1
        message = {"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        while True:
            answer = json.loads(self.process.stdout.readline())
            if answer.get("id") == self.last:
                return answer

    def call(self, tool, arguments):
        """The whole structured result, or the error."""
        result = self.ask("tools/call", {"name": tool, "arguments": arguments})["result"]
        if result["isError"]:
            return json.loads(result["content"][0]["text"])["error"]
        whole = result.get("_meta", {}).get("leaven/whole")
        if whole is None:
            return result["structuredContent"]
        return json.loads(self.ask("resources/read", {"uri": whole})["result"]["contents"][0]["text"])

    def end(self):
        self.process.stdin.close()
        assert self.process.stdout.read() == ""
        assert self.process.wait() == 0


@pytest.fixture
def server():
    talk = Talk()
    yield talk
    talk.end()


def command(*words):
    """The program's exit status and its JSON, from standard output or from standard error."""
    done = subprocess.run([PROGRAM, *words, "--json"], capture_output=True, text=True, cwd=ROOT)
    if done.stdout:
        return done.returncode, json.loads(done.stdout)
    return done.returncode, json.loads(done.stderr.splitlines()[-1])["error"]
