"""The playground in headless Chromium, with a microphone that beeps."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from web import browser

BEGINNINGS = ("autoregnn", "autoregnn2", "unlearn")
FLAGS = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
# what the network says, as the page's own pictures see it
FINITE_AND_LOUD = """() => {
  const { said } = specml.player.output, samples = new Float32Array(said.fftSize);
  said.getFloatTimeDomainData(samples);
  const energy = samples.reduce((sum, x) => sum + x * x, 0);
  if (!Number.isFinite(energy)) throw new Error("it is not finite");
  return energy > 1e-3;
}"""


@dataclass
class Playground:
    """A browser, and where the page is."""

    browser: Browser
    address: str

    @contextlib.contextmanager
    def opened(self, piece: str = "", **form) -> Iterator[Page]:
        """The page, at once ready to be played."""
        with browser.opened(self.browser, f"{self.address}/page/{piece}", **form) as page:
            page.wait_for_selector("body.ready")
            yield page


@contextlib.contextmanager
def playground() -> Iterator[Playground]:
    folder = browser.package()  # within another: no address may begin at the server's root
    with browser.served(folder.parent) as root, browser.chromium(*FLAGS) as chromium:
        yield Playground(chromium, f"{root}/{folder.name}")
