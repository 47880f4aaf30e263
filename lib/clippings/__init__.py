"""Explore a folder of saved news articles with functions that take and return pandas tables.

The public names are listed in `__init__.pyi`. Each is loaded when it is first used, so that
commands that draw no charts do not have to wait for matplotlib.
"""

import clippings.core.safe_path  # noqa: F401 - before all others: see there

# isort: split
import lazy_loader

__version__ = "0.12.0"
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
