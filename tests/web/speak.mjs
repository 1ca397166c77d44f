// A box in node that is told messages: a line of JSON each, [word or number, ...]; it prints what it
// says. `node speak.mjs MODULE MODEL WORDS FOLDER`: files are read from and written to that folder.
import fs from "node:fs";
import path from "node:path";

import { Box } from "../../externals/web/core.js";

const [file, model, words, folder] = process.argv.slice(2);
const lines = fs.readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const print = (...parts) => console.log(parts.join(" "));
const files = fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name))]);
try {
  const box = new Box(new WebAssembly.Module(fs.readFileSync(file)), model, words, {
    files,
    say: (level, text) => print(`${level}:`, text),
    tell: (name, list) => print(name, ...list),
  });
  for (const [first, ...more] of lines)
    if (first === "process") {
      const [inlets, n] = more;
      box.process(inlets.map((channels) => channels.map((x) => Float64Array.from(x))), n);
    } else box.message(first, ...more);
  for (const [name, bytes] of box.files) fs.writeFileSync(path.join(folder, name), bytes);
} catch (error) {
  print("refused:", error.message);
}
