// All points, straight into the pixels: 10^5 of them are drawn while a finger moves.

/** What covers a disc of this radius in pixels: [dx, dy, share] of each pixel. */
function disc(radius) {
  const made = [],
    reach = Math.ceil(radius + 0.5);
  for (let dy = -reach; dy <= reach; ++dy)
    for (let dx = -reach; dx <= reach; ++dx) {
      const share = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(dx, dy)));
      if (share > 0.02) made.push([dx, dy, share]);
    }
  return made;
}

const mix = (under, over, share) => (under + (over - under) * share) | 0;

function blend(under, over, share) {
  const r = mix(under & 255, over & 255, share),
    g = mix((under >> 8) & 255, (over >> 8) & 255, share),
    b = mix((under >> 16) & 255, (over >> 16) & 255, share);
  return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
}

/** A colour "#rrggbb" as a pixel. */
export function pixel(colour) {
  const rgb = Number.parseInt(colour.slice(1), 16);
  return (0xff000000 | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}

/** How large a point is, in pixels of the page: so many of them are seen on so much room. */
export const radiusOf = (many, room) => Math.min(6, Math.max(1.1, 0.2 * Math.sqrt(room / Math.max(1, many))));

export class Scatter {
  constructor(canvas) {
    this.context = canvas.getContext("2d", { alpha: false });
  }

  /**
   * @param x, y pixels of the canvas; shown: 1 where a row is drawn
   * @param paint a row's pixel: paint[index[k]]
   * @param lines {x, y}: where the grid has lines; look: {ground, line} pixels
   */
  draw({ x, y, shown, index, paint, radius, lines, look }) {
    const { width, height } = this.context.canvas;
    if (this.image?.width !== width || this.image?.height !== height) {
      this.image = this.context.createImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    const pixels = this.pixels;
    pixels.fill(look.ground);
    for (const at of lines.x) for (let j = 0; j < height; ++j) pixels[j * width + at] = look.line;
    for (const at of lines.y) pixels.fill(look.line, at * width, (at + 1) * width);
    const halo = radius > 4 ? disc(radius + 1.5) : [],
      dot = disc(radius),
      reach = Math.ceil(radius + 2);
    for (let k = 0; k < x.length; ++k) {
      const cx = Math.round(x[k]),
        cy = Math.round(y[k]);
      if (!shown[k] || !(cx >= -reach && cx < width + reach && cy >= -reach && cy < height + reach)) continue;
      this.#stamp(halo, cx, cy, look.ground);
      this.#stamp(dot, cx, cy, paint[index[k]]);
    }
    this.context.putImageData(this.image, 0, 0);
  }

  #stamp(mask, cx, cy, colour) {
    const { width, height } = this.image,
      pixels = this.pixels;
    for (let m = 0; m < mask.length; ++m) {
      const px = cx + mask[m][0],
        py = cy + mask[m][1],
        share = mask[m][2];
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = py * width + px;
      pixels[at] = share >= 1 ? colour : blend(pixels[at], colour, share);
    }
  }
}
