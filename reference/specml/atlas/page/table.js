// What the page holds: columns as typed arrays, row by row as in the table.

const TYPES = { f4: Float32Array, f8: Float64Array, u1: Uint8Array, u2: Uint16Array, u8: BigUint64Array };

function bytes(text) {
  const letters = atob(text),
    made = new Uint8Array(letters.length);
  for (let k = 0; k < made.length; ++k) made[k] = letters.charCodeAt(k);
  return made;
}

/** {facts, columns: {name: typed array}}, as page.py wrote them into the document. */
export function read(page = document) {
  const facts = JSON.parse(page.getElementById("facts").textContent);
  const columns = {};
  for (const { dataset, textContent } of page.querySelectorAll("script.column"))
    columns[dataset.name] = new TYPES[dataset.type](bytes(textContent.trim()).buffer);
  return { facts, columns };
}

/** The least and the greatest of what is finite, or null. */
export function extent(values) {
  let low = Infinity,
    high = -Infinity;
  for (const value of values)
    if (Number.isFinite(value)) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return low <= high ? [low, high] : null;
}

/** Which rows all filters let through: filters is a list of [values, low, high], NaN never passes. */
export function passing(rows, filters, sets) {
  const kept = new Uint8Array(rows).fill(1);
  for (const [values, low, high] of filters)
    for (let k = 0; k < rows; ++k) if (!(values[k] >= low && values[k] <= high)) kept[k] = 0;
  for (const [codes, allowed] of sets) for (let k = 0; k < rows; ++k) if (!allowed.has(codes[k])) kept[k] = 0;
  return kept;
}
