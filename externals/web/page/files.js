// What is kept: a recording, a state file, a link.
import { decode } from "../core.js";
import { find, make } from "./dom.js";
import { beginning } from "./link.js";
import { wav } from "./wav.js";

const LONGEST = 20 * 60; // seconds of a recording, 460 MB

export function download(bytes, name, type) {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** The metadata of a state file: {model: "unlearn", ..}. */
export function metadata(bytes) {
  try {
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    return JSON.parse(decode(bytes.subarray(8, 8 + length))).__metadata__ ?? {};
  } catch {
    return {};
  }
}

export class Files {
  constructor(page) {
    this.page = page;
    find("record").addEventListener("click", () => this.record());
    find("save").addEventListener("click", () => this.save());
    find("open").addEventListener("click", () => find("file").click());
    find("file").addEventListener("change", ({ target }) => this.#chosen(target));
    find("link").addEventListener("click", () => this.link());
  }

  record() {
    const { output, context } = this.page.player,
      on = !this.chunks;
    find("record").setAttribute("aria-pressed", String(on));
    find("record").textContent = on ? "stop recording" : "record";
    if (on) {
      const chunks = (this.chunks = []);
      let samples = 0;
      output.onchunk = ({ rows, last }) => {
        chunks.push(rows);
        samples += rows[0].length;
        if (last) download(wav(chunks, context.sampleRate), `${this.page.state.name}.wav`, "audio/wav");
        else if (samples > LONGEST * context.sampleRate && this.chunks) this.record();
      };
    } else this.chunks = undefined;
    output.record(on);
  }

  async save() {
    const { net, player, state } = this.page,
      k = player.piece.nets.indexOf(net);
    const bytes = await net.write();
    if (!bytes) return this.page.say("there is no state to save", "error");
    const which = player.piece.nets.length > 1 ? `-${k + 1}` : "";
    return download(bytes, `${state.name}${which}.safetensors`, "application/octet-stream");
  }

  async #chosen(input) {
    const [file] = input.files;
    input.value = "";
    if (file) await this.read(new Uint8Array(await file.arrayBuffer()));
  }

  /** A file of the network that is shown goes on in it; another begins a piece of its own. */
  async read(bytes) {
    const { model } = metadata(bytes),
      { page } = this;
    if (model === page.net.model) return page.panel.read(bytes);
    if (!["autoregnn", "autoregnn2", "unlearn"].includes(model))
      return page.say("this is no state file of specml", "error");
    await page.set(beginning(model), bytes);
    return page.panel.adopt();
  }

  async link() {
    const { page } = this,
      address = page.address();
    try {
      await navigator.clipboard.writeText(address);
      page.say("the link is copied");
    } catch {
      page.say("the link is in the address line");
    }
  }
}
