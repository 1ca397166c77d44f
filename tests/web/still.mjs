// Runs the processor of a page in node: `node still.mjs MODULE.wasm`. Prints the samples that it says
// if its parameters are told as one number, and as 128 equal ones, which Firefox does.
import fs from "node:fs";

const made = new Map();
Object.assign(globalThis, { sampleRate: 48000, currentTime: 0, registerProcessor: (name, it) => made.set(name, it) });
globalThis.AudioWorkletProcessor = class {
  port = { postMessage() {} };
};
await import("../../externals/web/processor.js");

const Unlearn = made.get("specml-unlearn");
const module = new WebAssembly.Module(fs.readFileSync(process.argv[2]));

function say(length) {
  const box = new Unlearn({ processorOptions: { module, model: "unlearn", words: "-preset clicks", files: [] } });
  const held = Object.entries(box.values).filter(([name]) =>
    Unlearn.parameterDescriptors.some((parameter) => parameter.name === name));
  const parameters = Object.fromEntries(held.map(([name, value]) => [name, new Float32Array(length).fill(value)]));
  return Array.from({ length: 75 }, () => {
    const said = [new Float32Array(128), new Float32Array(128)];
    box.process([[]], [said], parameters);
    return [...said[0]];
  }).flat();
}

console.log(JSON.stringify([say(1), say(128)]));
