"""Read by mypy, not run: what the stub files promise to an editor."""

from pathlib import Path

import leaven

result = leaven.metabolism.fva(Path("model.xml"), fraction=0.9, reactions=["PGI"], threads=2, seed=1)
lowest: float = float(result.rows.minimum.min())
name: str = result.rows[0].reaction
objective: "float | None" = result.objective
model = leaven.Model("textbook")
with model.scenario(knockouts=["b0114"]) as mutant:
    growth: "float | None" = leaven.metabolism.fba(mutant, method="pfba").objective
try:
    leaven.design({"project": {}}, out="dossier", force=True)
except leaven.Infeasible as none:
    print(none.code, none.result)
