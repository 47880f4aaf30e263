"""JupyterLab on this machine and a Chromium that drives it; whatever asks for another machine is stopped and noted."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpers import ROOT

FLAGS = [
    *(
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-dev-shm-usage",
    ),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SETTINGS = {  # without them a dialog may stand before the notebook, and news are fetched
    "notebook-extension/tracker": '{"autoStartDefaultKernel": true}',
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
}
READY = """async () => {
  const panel = jupyterapp.shell.currentWidget;
  await panel.context.ready; await panel.sessionContext.ready; await panel.sessionContext.session.kernel.info;
}"""
RUN = "jupyterapp.commands.execute('notebook:run-all-cells')"
ERRORS = """() => jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.model.type === 'code')
  .flatMap(cell => cell.model.outputs.toJSON()).filter(output => output.output_type === 'error' ||
    output.name === 'stderr' && output.text.trim())  // a progress bar leaves blanks
  .map(output => output.evalue || output.text)"""


def chromium() -> str:
    """Where the browser is; without one the tests are skipped, but fail where changes are checked (CI=true)."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "no chromium: apt-get install chromium"
        )
    return found


@contextmanager
def jupyterlab(root: Path):
    """JupyterLab on a folder with copies of the notebooks; gives its address."""
    for name, text in SETTINGS.items():
        path = root / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "ip": "127.0.0.1",
        "port": port,
        "ServerApp.port_retries": 0,
        "IdentityProvider.token": "t",
        "ServerApp.root_dir": root,
        "LabApp.user_settings_dir": root / "settings",
        "LabApp.workspaces_dir": root / "workspaces",
        "LabApp.extension_manager": "readonly",
        "LabApp.expose_app_in_browser": True,
    }
    places = [str(ROOT / "lib"), os.environ.get("PYTHONPATH", "")]
    env = os.environ | {
        "JUPYTER_CONFIG_DIR": str(root / "config"),
        "PYTHONPATH": os.pathsep.join(filter(None, places)),
    }
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    with open(root / "lab.log", "w") as log:
        server = subprocess.Popen(
            [*command, *(f"--{name}={value}" for name, value in options.items())],
            stdout=log,
            stderr=log,
            env=env,
        )
    try:
        _wait(f"http://127.0.0.1:{port}/api/status?token=t", server, root / "lab.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def _wait(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not start: {log.read_text()}")


def stop_outside(context) -> list[str]:
    """Every request for another machine is stopped; the list of them grows as they come."""
    outside: list[str] = []

    def decide(route):
        address = route.request.url
        if address.startswith(
            ("http://127.0.0.1:", "ws://127.0.0.1:", "file://", "data:", "blob:")
        ):
            route.continue_()
        else:
            outside.append(address)
            route.abort()

    context.route("**/*", decide)
    return outside


def open_notebook(page, lab: str, name: str):
    """A notebook opened in JupyterLab with its kernel ready."""
    page.goto(f"{lab}/lab/tree/notebooks/{name}.ipynb?token=t&reset", wait_until="domcontentloaded")
    page.wait_for_selector(".jp-NotebookPanel .jp-Notebook", timeout=120_000)
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext", timeout=60_000)
    page.evaluate(READY)
    return page


def run_all(page) -> list[str]:
    """Run all cells; return the failures and warnings."""
    page.set_default_timeout(60_000)
    page.evaluate(RUN)
    return page.evaluate(ERRORS)
