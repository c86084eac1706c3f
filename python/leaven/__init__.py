"""Leaven: open bio-design automation. Every operation of the program is a function here.

    import leaven
    leaven.metabolism.fva("iML1515.xml.gz", fraction=0.9).df()

Inputs go by position as on the command line, the rest by keyword. `help(leaven.metabolism.fva)` explains one.
"""

try:
    from . import _core as _core
except ImportError as fault:
    import glob as _glob
    import os as _os
    import sys as _sys

    _built = [_os.path.basename(path) for path in _glob.glob(_os.path.join(_os.path.dirname(__file__), "_core.*"))]
    raise ImportError(f"leaven was built for another Python ({', '.join(_built) or 'no extension found'}), this is "
                      f"{_sys.version.split()[0]}: pip install ./python with it ({fault})") from fault

from ._errors import BadInput, Bug, Cancelled, Error, Infeasible, NotFound, Refused
from ._help import ModelLike, Progress
from ._models import Model, Scenario
from ._operations import install as _install
from ._operations import language, version as __version__
from ._results import Page, Record, Records, Result

__all__ = ["BadInput", "Bug", "Cancelled", "Error", "Infeasible", "Model", "NotFound", "Page", "Record", "Records",
           "Refused", "Result", "Scenario", "language"]
__all__ += _install(globals())
