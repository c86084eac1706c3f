"""What an operation gives back: attributes, tables, arrays."""

import html
import json
from collections.abc import Sequence

from . import _core
from ._errors import NotFound

_SHOWN_ROWS = 10


def _pandas():
    try:
        import pandas
    except ImportError:
        raise NotFound("pandas is not installed", ".df()", "pip install pandas") from None
    return pandas


class Page(str):
    """The path of an HTML page; a notebook shows the page."""

    def _repr_html_(self):
        try:
            with open(self, encoding="utf-8") as file:
                source = file.read()
        except OSError as fault:
            return html.escape(str(fault))
        return f'<iframe srcdoc="{html.escape(source)}" style="width:100%;height:40em;border:0"></iframe>'


def _wrapped(value, field):
    """A member as the user sees it, by its declaration."""
    if isinstance(value, _core.Table):
        return Records(value, field["fields"][0]["fields"])
    if isinstance(value, dict) and field.get("fields"):
        return Record(value, field["fields"])
    if isinstance(value, str) and field.get("format") == "path" and value.endswith(".html"):
        return Page(value)
    return value


class _Named:
    """Members that `self[name]` gives, as attributes; `_fields` names them, `_absence` says that one is not there."""

    __slots__ = ()

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError:
            raise AttributeError(self._absence(name)) from None

    def __dir__(self):
        return [*super().__dir__(), *self._fields]


class Record(_Named):
    """Values by name: `row.flux`, `row["flux"]`."""

    __slots__ = ("_values", "_fields")

    def __init__(self, values, fields):
        self._values = values
        self._fields = {field["name"]: field for field in fields}

    def __getitem__(self, name):
        return _wrapped(self._values[name], self._fields[name])

    def _absence(self, name):
        return f"there is no {name!r}; there are {', '.join(self._fields)}"

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def keys(self):
        return self._values.keys()

    def __eq__(self, other):
        return isinstance(other, Record) and self._values == other._values

    __hash__ = None

    def __repr__(self):
        return "(" + ", ".join(f"{name}={self[name]!r}" for name in self._values) + ")"


class Records(Sequence):
    """A table: rows by number, columns by name. Numeric columns are numpy arrays in which null is NaN."""

    __slots__ = ("_table", "_list", "_names")

    def __init__(self, table, fields):
        self._table = table
        self._list = fields
        self._names = {field["name"]: field for field in fields}

    @property
    def columns(self):
        """Names of the columns."""
        return list(self._names)

    @property
    def units(self):
        """Unit (UCUM) of each column that has one."""
        return {name: field["unit"] for name, field in self._names.items() if "unit" in field}

    def column(self, name):
        """One column: a numpy array of numbers, a list of anything else."""
        if name not in self._names:
            raise KeyError(f"there is no column {name!r}; there are {', '.join(self._names)}")
        values = self._table.column(name)
        if not isinstance(values, list):
            return values
        return [_wrapped(value, self._names[name]) for value in values]

    def __len__(self):
        return len(self._table)

    def __getitem__(self, key):
        if isinstance(key, str):
            return self.column(key)
        if isinstance(key, slice):
            return [self[i] for i in range(*key.indices(len(self)))]
        row = key + len(self) if key < 0 else key
        if not 0 <= row < len(self):
            raise IndexError(f"there are {len(self)} rows")
        return Record({name: self._table.cell(row, name) for name in self._names}, self._list)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self.column(name)
        except KeyError as fault:
            raise AttributeError(fault.args[0]) from None

    def __dir__(self):
        return [*super().__dir__(), *self._names]

    def df(self):
        """As a pandas data frame, indexed by the first column where that names the rows."""
        frame = _pandas().DataFrame({name: self.column(name) for name in self._names})
        first = self._list[0] if self._list else None
        unique = first is not None and first["kind"] == "string" and frame[first["name"]].is_unique
        return frame.set_index(first["name"]) if unique else frame

    def _repr_html_(self):
        head = "".join(f"<th>{html.escape(_heading(field))}</th>" for field in self._list)
        rows = "".join("<tr>" + "".join(f"<td>{html.escape(_cell(row[name]))}</td>" for name in self._names) + "</tr>"
                       for row in self[:_SHOWN_ROWS])
        more = f"<p>… {len(self) - _SHOWN_ROWS} more rows: <code>.df()</code></p>" if len(self) > _SHOWN_ROWS else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"

    def __repr__(self):
        return f"<{len(self)} rows: {', '.join(self._names)}>"


def _heading(field):
    return f"{field['name']} ({field['unit']})" if field.get("unit", "1") != "1" else field["name"]


def _cell(value):
    if value is None:
        return "–"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


class Result(_Named):
    """What an operation gave back; its fields are attributes. `.operation` is its name."""

    def __init__(self, outcome, operation, lang):
        self._outcome = outcome
        self._operation = operation
        self._lang = lang
        self._members = None
        self._fields = {field["name"]: field for field in operation["results"]}

    @property
    def operation(self):
        return " ".join(filter(None, (self._operation["module"], self._operation["verb"])))

    def to_json(self):
        """The JSON that the command prints with --json."""
        return self._outcome.json(self._lang)

    def to_dict(self):
        """The same as Python values."""
        return json.loads(self.to_json())

    def __getitem__(self, name):
        if self._members is None:
            self._members = self._outcome.members(self._lang)
        return _wrapped(self._members[name], self._fields[name])

    def _absence(self, name):
        return f"{self.operation} has no {name!r}; it has {', '.join(self._fields)}"

    def _tables(self):
        return {name: self[name] for name, field in self._fields.items()
                if field["kind"] == "list" and field["fields"][0]["kind"] == "object" and self[name] is not None}

    def df(self):
        """The longest table of the result as a pandas data frame."""
        tables = self._tables()
        if not tables:
            raise NotFound("the result has no table", self.operation, "use its fields, or .to_dict()")
        return max(tables.values(), key=len).df()

    def _summary(self):
        values = {name: self[name] for name in self._fields if name not in self._tables()}
        return {name: _cell(value) for name, value in values.items() if isinstance(value, (bool, int, float, str))}

    def _repr_html_(self):
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self._outcome.headline(self._lang))
        facts = "".join(f"<tr><th>{html.escape(_heading(self._fields[name]))}</th><td>{html.escape(value)}</td></tr>"
                        for name, value in self._summary().items())
        tables = "".join(f"<h4>{html.escape(name)} ({len(table)})</h4>{table._repr_html_()}"
                         for name, table in self._tables().items() if len(table) > 0)
        return f"<h4>leaven {html.escape(self.operation)}</h4>{lines}<table><tbody>{facts}</tbody></table>{tables}"

    def __repr__(self):
        facts = [f"{name}={value}" for name, value in self._summary().items()]
        facts += [f"{name}=<{len(table)} rows>" for name, table in self._tables().items()]
        return f"<leaven {self.operation}: {', '.join(facts)}>"
