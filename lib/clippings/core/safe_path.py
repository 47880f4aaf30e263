"""Keep `python -m clippings` from running files of the current folder as modules.

Python puts the current folder first on its search path for `python -m`. If the command is given in
a folder of articles, a file `csv.py` or `json.py` among them would be run in place of the module of
that name. This module is imported before any other, and uses only modules that Python itself has
loaded. The console script `clippings` and `python -P -m clippings` do not have the problem.
"""

import os
import sys


def _drop_current_folder() -> None:
    """Remove the current folder from the search path if Python put it there for `-m clippings`."""
    words = sys.orig_argv
    module = words[words.index("-m") + 1] if "-m" in words[:-1] else ""
    # While Python looks for the module to run, "-m" appears in place of the name of the script.
    is_module_call = sys.argv[:1] == ["-m"] and module == "clippings"
    if not is_module_call or sys.flags.safe_path or not sys.path:
        return
    library = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    # In lib/ of a checkout, the current folder is where the library itself was found.
    if os.path.realpath(sys.path[0]) != library:
        del sys.path[0]


_drop_current_folder()
