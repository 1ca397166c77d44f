// The signals that networks hear, made of nodes of Web Audio: a kind each, some with a frequency.

/** kind: [how it is called, Hz to begin with if it has a pitch] */
export const kinds = {
  sine: ["a sine", 200],
  fm: ["a sine that sweeps", 80],
  saw: ["a sawtooth", 180],
  pulse: ["a pulse", 500],
  chord: ["four sines"],
  noise: ["noise"],
  burst: ["noise that fades"],
  drums: ["drums"],
  microphone: ["the microphone"],
  file: ["a sound file"],
  silence: ["silence"],
};

export const SLOWEST = 20; // Hz, of those that have a pitch
export const FASTEST = 2000;

/** Numbers in -1..1, the same for the same seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** A buffer of so many seconds; at(t, k) is its sample k, at t seconds. */
function recorded(context, seconds, at, loop = true) {
  const { sampleRate } = context;
  const buffer = new AudioBuffer({ length: Math.round(seconds * sampleRate), sampleRate });
  buffer.copyToChannel(
    Float32Array.from({ length: buffer.length }, (_, k) => at(k / sampleRate, k)),
    0,
  );
  const source = new AudioBufferSourceNode(context, { buffer, loop });
  source.start();
  return source;
}

/** Two or three strikes a second: the modes of a round membrane, and a noisy attack. */
function drums(context, seed) {
  const SECONDS = 24,
    draw = random(seed),
    rate = context.sampleRate;
  const sound = new Float32Array(Math.round(SECONDS * rate));
  for (let at = 0.1; at < SECONDS - 0.6; ) {
    const [gap, pitch, level, damp] = Array.from({ length: 4 }, () => (draw() + 1) / 2);
    const base = 70 + 500 * pitch * pitch,
      damping = 6 + 24 * damp;
    const first = Math.round(at * rate),
      last = first + Math.round(0.6 * rate);
    for (let k = first; k < last; ++k) {
      const t = (k - first) / rate;
      let body = 0;
      [1, 1.59, 2.14, 2.65].forEach((ratio, m) => {
        body += (Math.sin(2 * Math.PI * base * ratio * t) * Math.exp(-damping * (m + 1) * t)) / (m + 1);
      });
      sound[k] += (0.3 + 0.5 * level) * (0.6 * body + 0.4 * draw() * Math.exp(-300 * t));
    }
    at += 0.15 + 0.5 * gap;
  }
  return recorded(context, SECONDS, (_, k) => sound[k]);
}

function oscillator(context, type, frequency) {
  const node = new OscillatorNode(context, { type, frequency });
  node.start();
  return node;
}

const makers = {
  sine: (context, { hz }) => [oscillator(context, "sine", hz)],
  pulse: (context, { hz }) => [oscillator(context, "square", hz)],
  fm(context, { hz }) {
    const swept = oscillator(context, "sine", 410),
      sweep = oscillator(context, "sine", hz);
    const depth = new GainNode(context, { gain: 190 }); // 220..600 Hz
    sweep.connect(depth).connect(swept.frequency);
    return [swept, sweep];
  },
  saw(context, { hz }) {
    // as the source has it, not band-limited; of 180 Hz every sample is exact
    const loop = recorded(context, 1, (t) => 2 * ((180 * t + 0.5) % 1) - 1);
    loop.playbackRate.value = hz / 180;
    return [loop];
  },
  chord(context) {
    const sum = new GainNode(context, { gain: 0.2 });
    const sines = [40, 51, 82, 99].map((note) => oscillator(context, "sine", 440 * 2 ** ((note - 69) / 12)));
    for (const sine of sines) sine.connect(sum);
    return [sum, ...sines];
  },
  noise: (context, { draw }) => [recorded(context, 8, () => 0.3 * draw())],
  burst: (context, { draw }) => [recorded(context, 2, (t) => 0.1 * draw() * (1 - t / 2), false)],
  drums: (context, { seed }) => [drums(context, seed)],
  silence: () => [],
  file(context, { buffer }) {
    if (!buffer) return []; // none has been chosen yet
    const node = new AudioBufferSourceNode(context, { buffer, loop: true });
    node.start();
    return [node];
  },
  microphone: (_context, { microphone }) => [microphone],
};

/** A signal of a kind, which goes to the node `to` until `end` is called. */
export class Signal {
  /**
   * @param {BaseAudioContext} context
   * @param {AudioNode} to
   * @param {{ kind: string, hz?: number, seed?: number, microphone?: AudioNode, buffer?: AudioBuffer }} signal
   */
  constructor(context, to, { kind, hz, seed = 1, microphone, buffer }) {
    this.kind = kind;
    this.nodes = makers[kind](context, { hz: hz ?? kinds[kind][1], seed, draw: random(seed), microphone, buffer });
    this.to = to;
    this.nodes[0]?.connect(to);
  }

  set hz(hz) {
    const [main, sweep] = this.nodes;
    if (this.kind === "saw") main.playbackRate.value = hz / 180;
    else if (kinds[this.kind][1]) (sweep ?? main).frequency.value = hz;
  }

  end() {
    this.nodes[0]?.disconnect(this.to);
    for (const node of this.nodes) node.stop?.();
  }
}
