"""Headless Firefox, without a driver: its one page asks a server of the package what to do."""

import contextlib
import functools
import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import builds
from externals import missing
from web import browser

PATIENCE = 300.0  # seconds, for what ends long before on every machine
# nothing is asked of a server elsewhere
QUIET = {
    "app.normandy.enabled": False, "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False, "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False, "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False, "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0, "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False, "extensions.systemAddon.update.enabled": False,
    "extensions.update.enabled": False, "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "services.settings.server": "http://127.0.0.1:9", "toolkit.telemetry.enabled": False,
}  # fmt: skip
ASKS = """<!doctype html><title>specml</title><link rel=icon href=data:,>
<script>
const doing = async ({ script, argument }) => {
  try {
    return { said: await (0, eval)(script)(argument) };
  } catch (error) {
    return { error: `${error}\\n${error.stack}` };
  }
};
(async () => {
  for (;;) {
    const task = await (await fetch("task")).json();
    await fetch("answer", { method: "POST", body: JSON.stringify(await doing(task)) });
  }
})();
</script>
"""


@dataclass
class Firefox:
    """A page; what it is asked it answers, one thing after another."""

    tasks: queue.Queue = field(default_factory=queue.Queue)
    answers: queue.Queue = field(default_factory=queue.Queue)

    def evaluate(self, script: str, argument: object = None) -> object:
        """Return what a function of the page returns, as a page of playwright does."""
        self.tasks.put({"script": script, "argument": argument})
        try:
            answer = self.answers.get(timeout=PATIENCE)
        except queue.Empty:
            raise AssertionError(f"Firefox said nothing for {PATIENCE:g} s") from None
        assert "error" not in answer, answer["error"]
        return answer["said"]


class _Handler(browser.Handler):
    def __init__(self, *given, page: Firefox, **named) -> None:
        self.page = page
        super().__init__(*given, **named)

    def do_GET(self) -> None:  # noqa: N802
        if self.path == "/asks.html":
            self._send("text/html", ASKS)
        elif self.path == "/task":
            self._send("application/json", json.dumps(self.page.tasks.get()))
        else:
            super().do_GET()

    def do_POST(self) -> None:  # noqa: N802
        self.page.answers.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._send("text/plain", "")

    def _send(self, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextlib.contextmanager
def page(folder: Path | None = None) -> Iterator[Firefox]:
    """A page that has loaded nothing yet, of the package or of another folder."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        missing("Firefox (Debian: firefox-esr)")
    made = Firefox()
    handler = functools.partial(_Handler, page=made)
    with browser.served(folder, handler) as address, _running(program, f"{address}/asks.html"):
        yield made


@contextlib.contextmanager
def _running(program: str, address: str) -> Iterator[None]:
    home = Path(tempfile.mkdtemp(prefix="firefox-", dir=builds.DIRECTORY))
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in QUIET.items())
    (home / "user.js").write_text("".join(lines))
    words = [program, "--headless", "--no-remote", "--profile", str(home), address]
    started = subprocess.Popen(
        words, env=os.environ | {"HOME": str(home)}, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(started.pid, signal.SIGKILL)  # with the processes of its pages
        started.wait()
