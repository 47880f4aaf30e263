"""nbval as JupyterLab behaves: what it compares, and how it sends cells."""

from nbval.kernel import RunningKernel

SKIP = (
    "stderr",  # warnings, logging and progress bars are not results
    "image/svg+xml",  # pictures are not compared; every chart's table is
)


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += SKIP


def _execute_like_lab(self, cell_input, allow_stdin=None):
    # nbval sends store_history=False; then a trailing ';' no longer hides a result.
    return self.kc.execute(
        cell_input, store_history=True, allow_stdin=allow_stdin, stop_on_error=False
    )


RunningKernel.execute_cell_input = _execute_like_lab
