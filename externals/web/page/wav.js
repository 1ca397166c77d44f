// A WAV file of 32-bit floats: the samples as they are.

/** chunks: lists of rows, (n,) each, in the order in which they were heard. */
export function wav(chunks, sampleRate, channels = 2) {
  const samples = chunks.reduce((sum, [row]) => sum + row.length, 0),
    size = 4 * channels * samples;
  const view = new DataView(new ArrayBuffer(58 + size));
  const letters = (at, text) => [...text].forEach((c, k) => view.setUint8(at + k, c.charCodeAt(0)));
  letters(0, "RIFF");
  view.setUint32(4, 50 + size, true);
  letters(8, "WAVEfmt ");
  view.setUint32(16, 18, true);
  view.setUint16(20, 3, true); // floats
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 4 * channels * sampleRate, true);
  view.setUint16(32, 4 * channels, true);
  view.setUint16(34, 32, true);
  letters(38, "fact");
  view.setUint32(42, 4, true);
  view.setUint32(46, samples, true);
  letters(50, "data");
  view.setUint32(54, size, true);
  let at = 58;
  for (const rows of chunks)
    for (let k = 0; k < rows[0].length; ++k)
      for (let c = 0; c < channels; ++c, at += 4) view.setFloat32(at, rows[c][k], true);
  return new Uint8Array(view.buffer);
}
