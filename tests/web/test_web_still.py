"""A parameter that stands still is what the box holds, in 64 bits, however a browser tells it."""

from web.browser import page

RENDER = """async (connected) => {
  const { load } = await import("./index.js");
  const context = new OfflineAudioContext(2, 9600, 48000);
  const node = (await load(context)).node("unlearn", "-preset clicks");
  if (connected) { // Chromium then gives 128 equal numbers, as Firefox always does
    const nothing = new ConstantSourceNode(context, { offset: 0 });
    for (const parameter of node.parameters.values()) nothing.connect(parameter);
    nothing.start();
  }
  node.connect(context.destination);
  return [...(await context.startRendering()).getChannelData(0)];
}"""


def test_one_number_or_128_equal_ones():
    with page() as opened:
        assert opened.evaluate(RENDER, True) == opened.evaluate(RENDER, False)
