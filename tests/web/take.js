// Plays a take to a box of the module, wherever: in node, in a page.

/** signals: of each inlet, doubles, or null. Returns rows of doubles. */
export function play(Box, module, take, signals) {
  const complain = (level, text) => {
    throw new Error(`${level}: ${text}`);
  };
  const box = new Box(module, take.model, take.words, { samplerate: take.samplerate, say: complain });
  const said = [];
  for (let begin = 0, k = 0; begin < take.samples; ++k) {
    const n = Math.min(take.sizes[k % take.sizes.length], take.samples - begin);
    const told = take.messages.filter((message) => message.at >= begin && message.at < begin + n);
    for (const message of told) box.message(message.words);
    const heard = signals.map((signal) => (signal ? [signal.subarray(begin, begin + n)] : []));
    for (const [j, row] of box.process(heard, n).flat().entries()) {
      said[j] ??= new Float64Array(take.samples);
      said[j].set(row, begin);
    }
    begin += n;
  }
  return said;
}
