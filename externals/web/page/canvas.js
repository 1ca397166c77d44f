// Pictures that move: canvases as fine as the screen, in the page's colours, drawn with each frame.

export const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const CALM_PERIOD = 250; // ms between two frames for who wants no motion

/** The page's colours as style.css names them; they change with the scheme. */
export const colours = {};
function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ground", "raised", "line", "faint", "text", "accent"])
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  colours.changed = (colours.changed ?? 0) + 1;
}
readColours();
dark.addEventListener("change", readColours);

/** A canvas that keeps as many pixels as its screen has; returns [context, width, height] in CSS pixels. */
export class Picture {
  onfit; // (): after its size has changed

  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    new ResizeObserver(() => this.#fit()).observe(canvas);
    this.#fit();
  }

  #fit() {
    const ratio = devicePixelRatio || 1,
      { clientWidth, clientHeight } = this.canvas;
    this.width = clientWidth;
    this.height = clientHeight;
    this.ratio = ratio;
    this.canvas.width = Math.max(1, Math.round(clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(clientHeight * ratio));
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.onfit?.();
  }
}

/** Calls all with each frame of the screen, while the page is seen. */
export function animate(...frames) {
  let last = 0;
  const step = (now) => {
    requestAnimationFrame(step);
    if (calm.matches && now - last < CALM_PERIOD) return;
    const passed = Math.min(0.1, (now - last) / 1000);
    last = now;
    for (const frame of frames) frame(passed);
  };
  requestAnimationFrame(step);
}

/** [red, green, blue] of a colour. */
export function rgb(colour) {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}
