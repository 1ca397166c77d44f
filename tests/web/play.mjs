// Plays a take in node: `node play.mjs TAKE.json`, which names its files.
import fs from "node:fs";
import url from "node:url";

import { play } from "./take.js";

const take = JSON.parse(fs.readFileSync(process.argv[2]));
const { Box } = await import(url.pathToFileURL(take.core));
const doubles = (file) => {
  const bytes = fs.readFileSync(file);
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
};
const module = new WebAssembly.Module(fs.readFileSync(take.module));
const said = play(Box, module, take, take.signals.map((file) => file && doubles(file)));
fs.writeFileSync(take.said, Buffer.concat(said.map((row) => Buffer.from(row.buffer))));
