"""Models in memory: read once, used in many calls; and models of COBRApy."""

import math
import os

from . import _core
from ._errors import BadInput, from_json


def is_cobra(value):
    """A cobra.Model, without importing cobra."""
    return any(kind.__module__.split(".")[0] == "cobra" and kind.__name__ == "Model" for kind in type(value).__mro__)


class Model:
    """A metabolic model that stays in memory.

    Model("iML1515.xml.gz"), Model("textbook"), Model(bytes), Model(cobra_model)

    A function takes it where it takes the name of a model. It does not change: a COBRApy model that is changed later
    is handed over again by a new Model, or by giving the cobra.Model itself to each call.
    """

    def __init__(self, source, *, name=None, lang=None):
        from ._operations import language

        lang = lang or language()
        self._defaults = {}
        if isinstance(source, Model):
            raise BadInput("it is a Model already", "source", "use it as it is")
        if isinstance(source, (bytes, bytearray, memoryview)):
            held = _core.parse(bytes(source), name or "model", lang)
        elif is_cobra(source):
            held, self._defaults = handed_over(source, name, lang, annotations=True)
        elif isinstance(source, (str, os.PathLike)):
            held = _core.load(os.fspath(source), lang)
        else:
            raise BadInput(f"a {type(source).__name__} is no model", "source",
                           "give a path, a catalogue name, bytes or a cobra.Model")
        if isinstance(held, str):
            raise from_json(held)
        self._held = held

    @classmethod
    def _from_cobra(cls, source, lang):
        """For one call: without annotations, which no analysis reads."""
        model = cls.__new__(cls)
        model._held, model._defaults = handed_over(source, None, lang, annotations=False)
        if isinstance(model._held, str):
            raise from_json(model._held)
        return model

    @property
    def name(self):
        """As errors call it: the path, the name, or the identifier of a COBRApy model."""
        return self._held.name

    @property
    def id(self):
        return self._held.id

    @property
    def reactions(self):
        """How many reactions it has."""
        return self._held.reactions

    @property
    def metabolites(self):
        """How many metabolites it has."""
        return self._held.metabolites

    @property
    def genes(self):
        """How many genes it has."""
        return self._held.genes

    def scenario(self, **parameters):
        """The model with parameters that every analysis shares: bounds, knockouts, medium, objective, insert …

        with model.scenario(knockouts=["b0114"]) as mutant:
            leaven.metabolism.fba(mutant)

        A parameter given to a call replaces the scenario's.
        """
        return Scenario(self, parameters)

    def __repr__(self):
        return (f"<leaven.Model {self.name}: {self.reactions} reactions, {self.metabolites} metabolites, "
                f"{self.genes} genes>")


class Scenario:
    """A model under conditions; use it as a model, with or without `with`."""

    def __init__(self, model, parameters):
        self.model = model
        self.parameters = dict(parameters)

    def scenario(self, **parameters):
        """The same with more parameters, or others."""
        return Scenario(self.model, {**self.parameters, **parameters})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def __repr__(self):
        given = ", ".join(f"{name}={value!r}" for name, value in self.parameters.items())
        return f"<leaven.Scenario {self.model.name}: {given}>"


def _bound(value):
    return value if math.isfinite(value) else ("inf" if value > 0 else "-inf")


def _linear_objective(model):
    if not model.objective.is_Linear:
        raise BadInput("the objective is not linear", f"cobra.Model {model.id}: objective",
                       "set model.objective to a reaction")
    from cobra.util.solver import linear_reaction_coefficients

    return {reaction.id: float(value) for reaction, value in linear_reaction_coefficients(model).items()}


def _refuse_additions(model):
    """What the solver was given besides the network cannot be handed over, so it is not passed over in silence."""
    if len(model.constraints) != len(model.metabolites):
        known = {metabolite.id for metabolite in model.metabolites}
        extra = [one.name for one in model.constraints if one.name not in known]
        raise BadInput(f"the model has constraints besides the mass balances: {', '.join(extra[:3])}",
                       f"cobra.Model {model.id}: constraints",
                       "remove them, or say the same by bounds")
    if len(model.variables) != 2 * len(model.reactions):
        known = {name for reaction in model.reactions for name in (reaction.id, reaction.reverse_id)}
        extra = [one.name for one in model.variables if one.name not in known]
        raise BadInput(f"the model has variables besides the reactions: {', '.join(extra[:3])}",
                       f"cobra.Model {model.id}: variables", "remove them")


def handed_over(model, name, lang, annotations):
    """The model in memory, or the error as JSON; and the parameters that say what it cannot."""
    _refuse_additions(model)
    weights = _linear_objective(model)

    def annotated(fields, one):
        if annotations and one.annotation:
            fields["annotation"] = one.annotation
        return fields

    def reaction(one):
        fields = {"id": one.id, "name": one.name or "",
                  "metabolites": {part.id: float(value) for part, value in one._metabolites.items()},
                  "lower_bound": _bound(one.lower_bound), "upper_bound": _bound(one.upper_bound),
                  "gene_reaction_rule": one.gene_reaction_rule, "subsystem": one.subsystem or ""}
        if one.id in weights:
            fields["objective_coefficient"] = weights[one.id]
        return annotated(fields, one)

    try:
        document = {
            "id": model.id or "model",
            "name": model.name or "",
            "compartments": dict(model.compartments),
            "metabolites": [
                annotated({"id": one.id, "name": one.name or "", "compartment": one.compartment or "",
                           "formula": one.formula or "", "charge": one.charge}, one) for one in model.metabolites],
            "genes": [annotated({"id": one.id, "name": one.name or ""}, one) for one in model.genes],
            "reactions": [reaction(one) for one in model.reactions],
        }
        held = _core.assemble(document, name or model.id or "cobra.Model", lang)
    except (AttributeError, TypeError, ValueError) as fault:
        raise BadInput(f"the model cannot be handed over: {fault}", f"cobra.Model {model.id}",
                       "write it with cobra.io.write_sbml_model and give the file") from fault
    return held, {"sense": "minimize"} if model.objective_direction == "min" else {}
