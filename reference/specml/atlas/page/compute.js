// A row computed here, by the WebAssembly package that stands beside the page: the table's own bits.

const BLOCK = 4800,
  LEVEL = 0.8, // of the recording: reference/specml/examples/presets.py
  TINY = 2 ** -500;
let loaded;

async function load(folder) {
  const from = new URL(folder, location);
  const [{ Box, hasVectors }, { wav }] = await Promise.all(
    ["core.js", "page/wav.js"].map((name) => import(new URL(name, from))),
  );
  const answer = await fetch(new URL(hasVectors() ? "specml-simd.wasm" : "specml.wasm", from));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return { Box, wav, module: await WebAssembly.compile(await answer.arrayBuffer()) };
}

/** Returns {file: bytes of a WAV, same: whether they are the table's, undefined where none can say}. */
export async function compute({ facts, columns }, k) {
  loaded ??= load(facts.compute.core).catch((error) => {
    loaded = undefined;
    throw error;
  });
  const { Box, wav, module } = await loaded,
    base = facts.compute.bases[facts.bases[columns.base[k]]];
  const samplerate = columns.samplerate[k],
    samples = columns.samples[k];
  const box = new Box(module, "unlearn", `${base.words} ${told(facts, base, columns, k)} -outs 2`, { samplerate });
  const rows = [new Float32Array(samples), new Float32Array(samples)],
    leaks = [leak(), leak()];
  for (let begin = 0; begin < samples; begin += BLOCK) {
    const n = Math.min(BLOCK, samples - begin);
    const said = box.process(inlets(box, base, { columns, k, samplerate, samples }, begin, n), n);
    rows.forEach((row, c) => leaks[c](said[c][0], row.subarray(begin, begin + n)));
    await new Promise((then) => setTimeout(then)); // the page stays awake
  }
  return { file: wav([rows], samplerate), same: await compare(rows, columns.sha256, k) };
}

/** The words of a row: its settings, its share of what the base holds, and its seed. */
function told(facts, base, columns, k) {
  const words = facts.columns.filter(({ told, name }) => told && Number.isFinite(columns[name][k]));
  const said = words.map(({ name }) => `-${name} ${columns[name][k]}`);
  const held = Object.entries(base.held).map(([name, value]) => `-${name} ${value * factor(columns, name, k)}`);
  return [...said, ...held, `-seed ${columns.seed[k]}`].join(" ");
}

const factor = (columns, name, k) => columns[`${name}_factor`]?.[k] ?? 1;

/** What is heard and what moves in samples begin .. begin + n - 1. */
function inlets(box, base, { columns, k, samplerate, samples }, begin, n) {
  const heard = base.sine ? [sine(base.sine / samplerate, begin, n)] : [];
  const moved = box.controls.map((name) => {
    if (!(name in base.falls)) return [];
    const [from, to] = base.falls[name],
      by = factor(columns, name, k);
    return [
      Float64Array.from({ length: n }, (_, i) => Math.max(to, from - ((from - to) * (begin + i)) / samples) * by),
    ];
  });
  return [heard, ...moved];
}

/** The recording's filter: without DC, from where it begins, times 0.8; signals.py has it in Python. */
function leak() {
  let x1,
    y1 = 0,
    first;
  return (x, to) => {
    first ??= x[0];
    x1 ??= 0;
    for (let i = 0; i < x.length; ++i) {
      const now = x[i] - first,
        y = now - x1 + 0.995 * y1;
      y1 = Math.abs(y) < TINY ? 0 : y;
      x1 = now;
      to[i] = LEVEL * y1;
    }
  };
}

async function compare([left, right], sums, k) {
  if (!sums || !crypto.subtle) return undefined;
  const both = new DataView(new ArrayBuffer(8 * left.length));
  left.forEach((value, i) => both.setFloat32(8 * i, value, true));
  right.forEach((value, i) => both.setFloat32(8 * i + 4, value, true));
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", both.buffer));
  return sum.every((byte, i) => byte === sums[32 * k + i]);
}

/** A sine with the bits of signals.py, whatever the browser's own has. */
function sine(cycles, begin, n) {
  return Float64Array.from({ length: n }, (_, i) => 2 * cosine(2 * (cycles * (begin + i)) - 0.5) - 1);
}

const ROUNDER = 1.5 * 2 ** 52;
const R = [
  2.4674011002723395, -2.0293560632083487, 0.6676313844250912, -0.11766531511967682, 0.012903444850807275,
  -0.0009647804698542336, 5.2289131811628886e-5, -2.0807316961463097e-6,
];

/** (1 + cos(pi x)) / 2: reference/elementary.py. */
function cosine(x) {
  const n = x + ROUNDER - ROUNDER,
    f = x - n;
  const z = f * f,
    z2 = z * z,
    z4 = z2 * z2;
  const low = R[1] + R[2] * z + z2 * (R[3] + R[4] * z),
    high = R[5] + R[6] * z + z2 * R[7];
  const squared = z * R[0] + (z2 * low + z2 * z4 * high);
  return n % 2 ? squared : 1 - squared;
}
