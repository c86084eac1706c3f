"""Models by path, name, bytes, in memory, and from COBRApy."""

from pathlib import Path

import pytest
from conftest import FERMENTER

import leaven


def test_the_same_model_by_every_way(needs):
    file = needs("textbook")
    wanted = leaven.metabolism.fva(file, fraction=0.9).to_dict()
    held = leaven.Model(file)
    for model in ("textbook", Path(file), Path(file).read_bytes(), held, leaven.Model(Path(file).read_bytes())):
        assert leaven.metabolism.fva(model, fraction=0.9).to_dict() == wanted
    assert (held.reactions, held.metabolites, held.genes) == (95, 72, 137)


def test_a_scenario_is_shared_and_can_be_overruled():
    model = leaven.Model(FERMENTER)
    wanted = leaven.metabolism.fba(FERMENTER, knockouts=["adh1"], bounds=["EX_glc_e=-5:0"]).to_dict()
    with model.scenario(knockouts="adh1", bounds={"EX_glc_e": (-5, 0)}) as mutant:
        assert leaven.metabolism.fba(mutant).to_dict() == wanted
        free = leaven.metabolism.fba(mutant, knockouts=[])
        assert free.to_dict() == leaven.metabolism.fba(FERMENTER, bounds=["EX_glc_e=-5:0"]).to_dict()
    with pytest.raises(leaven.BadInput):
        leaven.metabolism.fba(model.scenario(knokouts=["adh1"]))


def test_what_is_no_model_says_so():
    for wrong in (b"", b"no model", b"\x1f\x8b broken", "none.xml", 5, None):
        with pytest.raises(leaven.Error):
            leaven.Model(wrong)


@pytest.fixture
def textbook(needs):
    cobra = pytest.importorskip("cobra")
    return cobra.io.read_sbml_model(needs("textbook"))


def ranges(result):
    return {row.reaction: (row.minimum, row.maximum) for row in result.rows}


def test_a_cobra_model_is_handed_over_as_it_is_now(textbook):
    from cobra.flux_analysis import flux_variability_analysis

    with textbook:
        textbook.reactions.EX_o2_e.lower_bound = 0
        textbook.reactions.EX_glc__D_e.lower_bound = float("-inf")
        textbook.reactions.EX_glc__D_e.lower_bound = -12.5
        textbook.genes.b0118.knock_out()
        ours = ranges(leaven.metabolism.fva(textbook, fraction=0.9))
        theirs = flux_variability_analysis(textbook, fraction_of_optimum=0.9, processes=1)
        growth = textbook.slim_optimize()
    assert leaven.metabolism.fba(textbook).objective != pytest.approx(growth)
    for name, row in theirs.iterrows():
        assert ours[name] == pytest.approx((row.minimum, row.maximum), abs=1e-5), name


def test_direction_and_objective_of_a_cobra_model_go_along(textbook):
    textbook.objective = {textbook.reactions.EX_glc__D_e: 2.0, textbook.reactions.EX_o2_e: 0.5}
    textbook.objective_direction = "min"
    wanted = textbook.slim_optimize()
    assert leaven.metabolism.fba(textbook).objective == pytest.approx(wanted)
    assert leaven.metabolism.fba(leaven.Model(textbook)).objective == pytest.approx(wanted)


def test_what_cannot_be_handed_over_is_named(textbook):
    with textbook:
        textbook.add_cons_vars(textbook.problem.Constraint(textbook.reactions.PGI.flux_expression, lb=1, name="tied"))
        with pytest.raises(leaven.BadInput, match="tied"):
            leaven.metabolism.fba(textbook)
    with textbook:
        textbook.add_cons_vars(textbook.problem.Variable("slack"))
        with pytest.raises(leaven.BadInput, match="slack"):
            leaven.metabolism.fba(textbook)
    assert leaven.metabolism.fba(textbook).objective == pytest.approx(0.8739215)
