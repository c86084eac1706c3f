#!/usr/bin/env python3
"""Leaven against CBC through PuLP (combinations) and against compiled Python functions (verdicts), in one run.

    bench/policy.py BUILD_FOLDER        needs `pip install pulp`, which brings CBC

Random sets of 20 to 300 claims, in two families: 20 claims for each project, of its eight matters; and all claims of one
applicant, connected, of a fifth as many matters. Each claim has one to three matters. Amounts are any whole yuan, or round
figures with many ties. The same optimum is asked of both; a different total is a failure.
"""

import csv
import json
import math
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pulp

build = Path(sys.argv[1])
bench = str(build / "bench" / "policy_bench")


def instance(size, family, draw):
    of_a_subject, matters = (20, 8) if family.startswith("projects") else (size, max(8, size // 5))

    def one(subject):
        value = 100_000 * draw.randint(1, 50) if family.endswith("round") else draw.randrange(10_000, 50_000_000)
        return value, {(subject, matter) for matter in draw.sample(range(matters), draw.randint(1, 3))}

    claims = [one(i // of_a_subject) for i in range(size)]
    pairs = [(a, b) for a in range(size) for b in range(a + 1, size) if claims[a][1] & claims[b][1]]
    return claims, pairs


def milp(claims):
    problem = pulp.LpProblem("combine", pulp.LpMaximize)
    take = [pulp.LpVariable(f"x{i}", cat="Binary") for i in range(len(claims))]
    problem += pulp.lpSum(value * x for (value, _), x in zip(claims, take))
    for matter in set().union(*(matters for _, matters in claims)):
        problem += pulp.lpSum(x for (_, matters), x in zip(claims, take) if matter in matters) <= 1
    problem.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0, gapAbs=0.5))
    return round(pulp.value(problem.objective))


def packing():
    draw = random.Random(20261121)
    families = ["projects", "applicant", "projects, round", "applicant, round"]
    sets = [(family, size, *instance(size, family, draw)) for family in families for size in (20, 40, 60, 100, 150, 200, 250, 300)]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        for _, _, claims, pairs in sets:
            file.write(" ".join(map(str, [len(claims), *(v for v, _ in claims), *(i for pair in pairs for i in pair)])) + "\n")
        file.flush()
        answers = [line.split() for line in subprocess.run([bench, "pack", file.name], check=True, capture_output=True, text=True).stdout.splitlines()]
    ratios = []
    print("family             claims  CBC [ms]  Leaven [ms]  ratio")
    for (family, size, claims, _), (seconds, total) in zip(sets, answers, strict=True):
        begin = time.perf_counter()
        best = milp(claims)
        peer = time.perf_counter() - begin
        assert best == int(total), (family, size, best, total)
        ratios.append(peer / float(seconds))
        print(f"{family:18} {size:6} {peer * 1e3:9.1f} {float(seconds) * 1e3:12.2f} {ratios[-1]:6.1f}")
    print(f"geometric mean of the ratios: {math.exp(sum(map(math.log, ratios)) / len(ratios)):.1f}, least {min(ratios):.1f}")


def verdicts(count=5000):
    catalogue = {row["name"]: row for row in csv.DictReader(open("data/policy/facts.tsv", encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE)}
    listed = json.loads(subprocess.run([str(build / "leaven"), "policy", "list", "--on", "2025-06-01", "--json"], check=True, capture_output=True, text=True).stdout)
    scopes = {"cp-health": "applicant.health"}
    functions = []
    for measure in listed["measures"]:
        document = measure["id"].split("/")[0]
        text = f'{scopes.get(document, "applicant.synbio")} and ({measure["when"] or "true"})'
        text = re.sub(r"(\d+)亿元", lambda m: str(int(m[1]) * 10**8), text)
        text = re.sub(r"(\d+)元", r"\1", text)
        text = re.sub(r'(project\.kinds) has ("\w+")', r"\2 in \1", text)
        text = re.sub(r"\b(applicant|project|contract)\.(\w+)", r'f["\1.\2"]', text).replace("true", "True")
        functions.append(eval(f"lambda f: {text}"))
    lines = subprocess.run([bench, "match", str(count)], check=True, capture_output=True, text=True).stdout.splitlines()
    profiles, expected = [], []
    for line in lines[:-1]:
        *facts, found = line.split("\t")
        profile = {}
        for fact in facts:
            name, value = fact.split("=")
            kind, choices = catalogue[name]["type"], catalogue[name]["choices"].split("|")
            value = int(value)
            profile[name] = bool(value) if kind == "bool" else choices[value] if kind == "choice" else {c for i, c in enumerate(choices) if value >> i & 1} if kind == "set" else value
        profiles.append(profile)
        expected.append(found)
    peer = math.inf
    for _ in range(10):
        begin = time.process_time()
        answers = [[function(profile) for function in functions] for profile in profiles]
        peer = min(peer, time.process_time() - begin)
    seconds = float(lines[-1])
    for answer, found in zip(answers, expected):
        for measure, yes, truth in zip(listed["measures"], answer, found):
            if measure["id"].startswith("bj-synbio"):  # in force on that day, and Changping is inside
                assert yes == (truth == "2"), measure["id"]
    print(f"{count} profiles x {len(functions)} measures, CPU: Python {peer * 1e3:.1f} ms, Leaven {seconds * 1e3:.1f} ms, ratio {peer / seconds:.1f}")


packing()
verdicts()
