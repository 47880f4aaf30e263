"""Processes that read files start often, and so must start fast."""

import subprocess
import sys

SLOW = {"pandas", "numpy", "pyarrow", "trafilatura", "lxml", "docx", "pypdf", "ftfy"}
SCRIPT = "import sys, clippings.corpus.reader_process; print(*sys.modules)"


def test_a_process_that_reads_files_imports_no_slow_library_before_it_needs_one():
    command = [sys.executable, "-c", SCRIPT]
    modules = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert SLOW & set(modules) == set()
