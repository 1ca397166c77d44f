// The filters of the source's examples, as reference/specml/signals.py has them.

/** y = (x - x1) + 0.995 y1. */
export function leakDc(context) {
  return context.createIIRFilter([1, -1], [1, -0.995]);
}

function butterworth(context, frequency) {
  const k = Math.tan((Math.PI * frequency) / context.sampleRate),
    square = k * k;
  const scale = 1 / (1 + Math.SQRT2 * k + square);
  return { square, scale, a: [1, 2 * (square - 1) * scale, (1 - Math.SQRT2 * k + square) * scale] };
}

export function highpass(context, frequency) {
  const { scale, a } = butterworth(context, frequency);
  return context.createIIRFilter([scale, -2 * scale, scale], a);
}

export function lowpass(context, frequency) {
  const { square, scale, a } = butterworth(context, frequency),
    b = square * scale;
  return context.createIIRFilter([b, 2 * b, b], a);
}

const WIDEST = 8; // beyond it tanh is 1 for 32 bits

/** tanh, of a table that is exact to 1e-5. */
export function tanh(context) {
  const enter = new GainNode(context, { gain: 1 / WIDEST });
  const curve = Float32Array.from({ length: 8193 }, (_, k) => Math.tanh(WIDEST * (k / 4096 - 1)));
  return { enter, leave: enter.connect(new WaveShaperNode(context, { curve })) };
}
