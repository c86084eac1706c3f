"""What can go wrong: one class for each code of `leaven/core/result.hpp`."""

import json


class Error(Exception):
    """`.code`, `.message` (what), `.where` (file, line, field) and `.hint` (what to do)."""

    code = "error"

    def __init__(self, message, where="", hint=""):
        super().__init__(message, where, hint)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self):
        place = f" ({self.where})" if self.where else ""
        hint = f". {self.hint}" if self.hint else ""
        return f"{self.message}{place}{hint}"


class BadInput(Error, ValueError):
    """The data or parameters break a stated rule."""

    code = "bad_input"


class NotFound(Error, LookupError):
    """A named file, model, reaction, gene or data set does not exist."""

    code = "not_found"


class Infeasible(Error):
    """The question is sound and has no solution; `.result` holds the certificate where there is one."""

    code = "infeasible"
    result = None


class Cancelled(Error):
    """Stopped before there was an answer."""

    code = "cancelled"


class Refused(Error):
    """Safety or rights forbid it."""

    code = "refused"


class Bug(Error, RuntimeError):
    """A fault of the program."""

    code = "bug"


_CLASSES = {one.code: one for one in (BadInput, NotFound, Infeasible, Cancelled, Refused, Bug)}


def from_json(text):
    error = json.loads(text)
    return _CLASSES.get(error["code"], Bug)(error["message"], error["where"], error["hint"])
