// Plays a take to a box of the module, in node: `node play.mjs TAKE.json`, which names its files.
import fs from "node:fs";

import { Box } from "../../externals/web/core.js";

const take = JSON.parse(fs.readFileSync(process.argv[2]));
const doubles = (file) => {
  const bytes = fs.readFileSync(file);
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
};
const complain = (level, text) => {
  throw new Error(`${level}: ${text}`);
};
const module = new WebAssembly.Module(fs.readFileSync(take.module));
const box = new Box(module, take.model, take.words, { samplerate: take.samplerate, say: complain });
const signals = take.signals.map((file) => file && doubles(file));
const said = [];
for (let begin = 0, k = 0; begin < take.samples; ++k) {
  const n = Math.min(take.sizes[k % take.sizes.length], take.samples - begin);
  for (const message of take.messages.filter((m) => m.at >= begin && m.at < begin + n)) box.message(message.words);
  const heard = signals.map((signal) => (signal ? [signal.subarray(begin, begin + n)] : []));
  for (const [j, row] of box.process(heard, n).flat().entries()) {
    said[j] ??= new Float64Array(take.samples);
    said[j].set(row, begin);
  }
  begin += n;
}
fs.writeFileSync(take.said, Buffer.concat(said.map((row) => Buffer.from(row.buffer))));
