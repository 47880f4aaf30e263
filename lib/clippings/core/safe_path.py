"""Prevent `python -m clippings` from running files in the current folder as modules.

Python puts the current folder first on its search path for `python -m`. If the command is run in a
folder of articles, a file such as `csv.py` or `json.py` would be run instead of the module of that
name. This module is imported before any other and uses only modules that Python has already loaded.
The console script `clippings` and `python -P -m clippings` do not have this problem.
"""

import os
import sys


def _drop_current_folder() -> None:
    """Remove the current folder from the search path if Python added it for `-m clippings`."""
    words = sys.orig_argv
    module = words[words.index("-m") + 1] if "-m" in words[:-1] else ""
    # While Python searches for the module, "-m" takes the place of the script name.
    is_module_call = sys.argv[:1] == ["-m"] and module == "clippings"
    if not is_module_call or sys.flags.safe_path or not sys.path:
        return
    library = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    # In lib/ of a checkout, the current folder contains the library itself.
    if os.path.realpath(sys.path[0]) != library:
        del sys.path[0]


_drop_current_folder()
