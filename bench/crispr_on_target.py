#!/usr/bin/python3
"""Trains the learned on-target model and prints how good it is; writes data/crispr/on_target_learned.tsv.

    bench/crispr_on_target.py azimuth_FC_plus_RES.csv.gz azimuth_1000guides.csv [OUT.tsv]

Ridge regression of the measured rank of a guide within its gene on bases and neighbours at each of 30 positions, GC
share and the stacking energy of parts of the guide (SantaLucia 1998, doi:10.1073/pnas.95.4.1460). Genes are held out
whole in the cross-validation. Needs numpy.
"""

import csv
import gzip
import sys
from collections import defaultdict

import numpy as np

BASES = "ACGT"
STACK = {"AA": -1.00, "AT": -0.88, "TA": -0.58, "CA": -1.45, "GT": -1.44, "CT": -1.28, "GA": -1.30, "CG": -2.17,
         "GC": -2.24, "GG": -1.84, "TT": -1.00, "TG": -1.45, "AC": -1.44, "AG": -1.28, "TC": -1.30, "CC": -1.84}
PARTS = ((4, 24), (4, 9), (9, 17), (17, 24))
PAM = (25, 26)  # the same in every guide


def features():
    names = [(str(i), b) for i in range(30) for b in BASES if i not in PAM]
    names += [(str(i), a + b) for i in range(29) for a in BASES for b in BASES if i != PAM[0]]
    return names + [("gc_low", ""), ("gc_high", "")] + [(f"stack_{a}_{b}", "") for a, b in PARTS]


def values(guide, names):
    row = np.zeros(len(names))
    gc = sum(c in "GC" for c in guide[4:24])
    for k, (place, bases) in enumerate(names):
        if place == "gc_low":
            row[k] = max(0, 10 - gc)
        elif place == "gc_high":
            row[k] = max(0, gc - 10)
        elif place.startswith("stack_"):
            begin, end = map(int, place.split("_")[1:])
            row[k] = sum(STACK[guide[i:i + 2]] for i in range(begin, end - 1))
        else:
            row[k] = guide[int(place):int(place) + len(bases)] == bases
    return row


def ridge(x, y, strength):
    mean_x, mean_y = x.mean(0), y.mean()
    centred = x - mean_x
    weights = np.linalg.solve(centred.T @ centred + strength * np.eye(x.shape[1]), centred.T @ (y - mean_y))
    return weights, mean_y - mean_x @ weights


def spearman(a, b):
    rank = lambda v: np.unique(v, return_inverse=True)[1] if len(np.unique(v)) < len(v) else np.argsort(np.argsort(v))
    a, b = rank(a).astype(float), rank(b).astype(float)
    return np.corrcoef(a, b)[0, 1]


def main():
    measured, genes = defaultdict(list), {}
    for row in csv.DictReader(gzip.open(sys.argv[1], "rt")):
        measured[row["30mer"]].append(float(row["score_drug_gene_rank"]))
        genes[row["30mer"]] = row["Target gene"]
    guides = sorted(g for g in measured if set(g) <= set(BASES) and g[25:27] == "GG")
    names = features()
    x = np.array([values(g, names) for g in guides])
    y = np.array([np.mean(measured[g]) for g in guides])
    group = np.array([genes[g] for g in guides])
    best = None
    for strength in (10, 30, 100, 300, 1000):
        scores = []
        for gene in sorted(set(group)):
            out = group == gene
            weights, intercept = ridge(x[~out], y[~out], strength)
            scores.append((spearman(x[out] @ weights + intercept, y[out]), out.sum()))
        mean = np.average([s for s, _ in scores], weights=[n for _, n in scores])
        print(f"strength {strength}: cross-validated Spearman {mean:.3f} over {len(scores)} genes")
        if best is None or mean > best[0]:
            best = (mean, strength)
    weights, intercept = ridge(x, y, best[1])
    other = [(r["guide"], float(r["Stable prediction"])) for r in csv.DictReader(open(sys.argv[2]))]
    mine = np.array([values(g, names) @ weights + intercept for g, _ in other])
    print(f"chosen {best[1]}: cross-validated {best[0]:.3f}; with the {len(other)} predictions of Rule Set 2 "
          f"{spearman(mine, np.array([v for _, v in other])):.3f}")
    with open(sys.argv[3] if len(sys.argv) > 3 else "data/crispr/on_target_learned.tsv", "w") as out:
        out.write(f"position\tbases\tweight\nintercept\t\t{intercept:.8f}\n")
        for (place, bases), weight in zip(names, weights):
            out.write(f"{place}\t{bases}\t{weight:.8f}\n")


if __name__ == "__main__":
    main()
