"""Headless Chromium, and a server of plain files: no header that a page would want."""

import base64
import contextlib
import functools
import http.server
import shutil
import tempfile
import threading
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

import builds
from release.web import MODULES, SOURCE, fill
from takes import INLETS, RATE, Take
from web.node import module, told

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update",
         "--autoplay-policy=no-user-gesture-required")  # fmt: skip


@functools.cache
def package() -> Path:
    """The folder as it is released, with the playground and what plays takes."""
    folder = Path(tempfile.mkdtemp(prefix="specml-web-", dir=builds.DIRECTORY))
    fill(folder, {name: module(name) for name in MODULES})
    shutil.copytree(SOURCE / "page", folder / "page")
    return ready(folder)


def ready(folder: Path) -> Path:
    """A package, and beside it what plays takes in a page."""
    for name in ("take.js", "plays.js"):
        shutil.copy(builds.HERE / "web" / name, folder)
    (folder / "empty.html").write_text(
        "<!doctype html><title>specml</title><link rel=icon href=data:,>"
    )
    return folder


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path | None = None, handler=Handler):
    """The address of a server of the package, or of another folder."""
    handler = functools.partial(handler, directory=str(folder or package()))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def chromium(*flags: str):
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS + flags
        )
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(browser: Browser, address: str, said: list[str] | None = None, **form):
    """A page; it must say no error. What else it says on the console goes into a list."""
    errors = []
    made = browser.new_page(**form)
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda told: said is not None and said.append(told.text))
    made.on("console", lambda told: told.type == "error" and errors.append(told.text))
    made.goto(address)
    yield made
    made.close()
    assert not errors


@contextlib.contextmanager
def page(folder: Path | None = None):
    """A page that has loaded nothing yet, of the package or of another folder."""
    with (
        served(folder) as address,
        chromium() as browser,
        opened(browser, f"{address}/empty.html") as made,
    ):
        yield made


RENDER = """async ({model, words, samples, rate, outs, sources, controls, vectors}) => {
  const {load} = await import("./index.js");
  const context = new OfflineAudioContext(outs, samples, rate), {validate} = WebAssembly;
  WebAssembly.validate = (bytes) => vectors && validate(bytes); // as where there are none
  const specml = await load(context).finally(() => (WebAssembly.validate = validate));
  const node = specml.node(model, words, {outs});
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const floats = (text) => new Float32Array(bytes(text).buffer);
  const play = (text) => {
    const buffer = context.createBuffer(1, samples, rate), source = context.createBufferSource();
    buffer.copyToChannel(floats(text), 0);
    source.buffer = buffer; // what is filled in later may not be heard
    source.start();
    return source;
  };
  sources.forEach((text, k) => text && play(text).connect(node, 0, k));
  for (const [name, text] of Object.entries(controls)) {
    const parameter = node.parameters.get(name);
    parameter.value = 0; // what is connected is added to it
    play(text).connect(parameter);
  }
  const merged = context.createChannelMerger(outs);
  const several = node.numberOfOutputs > 1;
  const split = several ? null : context.createChannelSplitter(outs);
  if (split) node.connect(split);
  for (let k = 0; k < outs; ++k) (split ?? node).connect(merged, k, k);
  merged.connect(context.destination);
  const buffer = await context.startRendering();
  const said = [];
  for (let k = 0; k < outs; ++k) {
    let text = "";
    const bytes = new Uint8Array(buffer.getChannelData(k).buffer);
    for (const byte of bytes) text += String.fromCharCode(byte);
    said.push(btoa(text));
  }
  return said;
}"""


def render(opened: Page, take: Take, vectors: bool = True) -> np.ndarray:
    """Return ``(outlets, samples)``, 32 bits, as an OfflineAudioContext has it."""
    text = {
        name: base64.b64encode(np.float32(x).tobytes()).decode() for name, x in take.signals.items()
    }
    model, *words = take.box("").replace("~", "").split()
    sources = [name for name in INLETS[take.model] if name.startswith("x")]
    controls = text.keys() - set(sources)
    said = opened.evaluate(RENDER, {
        "model": model, "words": " ".join(words), "samples": take.samples, "rate": RATE,
        "vectors": vectors, "outs": take.outlets, "sources": [text.get(name) for name in sources],
        "controls": {name: text[name] for name in controls},
    })  # fmt: skip
    return np.stack([np.frombuffer(base64.b64decode(row), np.float32) for row in said])


PLAY = """async ({file, take, signals}) => {
  const module = await WebAssembly.compileStreaming(fetch(file));
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const doubles = (text) => text && new Float64Array(bytes(text).buffer);
  const context = new OfflineAudioContext(1, 128, take.samplerate);
  await context.audioWorklet.addModule("./plays.js");
  const processorOptions = {module, take, signals: signals.map(doubles)};
  const node = new AudioWorkletNode(context, "plays", {processorOptions});
  const heard = new Promise((resolve, reject) => {
    node.port.onmessage = ({data}) => resolve(data);
    node.onprocessorerror = reject;
  });
  await context.startRendering();
  return (await heard).map((row) => {
    let text = "";
    for (const byte of new Uint8Array(row.buffer)) text += String.fromCharCode(byte);
    return btoa(text);
  });
}"""


def play(page: Page, module: str, take: Take) -> np.ndarray:
    """Return ``(outlets, samples)``, doubles, as a box on the thread of the sound says them."""
    said = page.evaluate(PLAY, {
        "file": MODULES[module], "take": told(take),
        "signals": [_encoded(take.signals.get(inlet)) for inlet in INLETS[take.model]],
    })  # fmt: skip
    return np.stack([np.frombuffer(base64.b64decode(row)) for row in said])


def _encoded(signal: np.ndarray | None) -> str | None:
    return None if signal is None else base64.b64encode(np.float64(signal).tobytes()).decode()
