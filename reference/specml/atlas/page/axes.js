// What stands around the points: a frame's two sides, ticks and names.

export const PAD = { left: 64, right: 14, top: 12, bottom: 46 };
const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** x, y: {name, unit, ticks: [{at: share of the side, text}]}. */
export function draw(context, { width, height, look, x, y }) {
  const bottom = PAD.top + height;
  context.font = FONT;
  context.fillStyle = look.soft;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { at, text } of apart(context, x.ticks, width)) context.fillText(text, PAD.left + at * width, bottom + 7);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, text } of y.ticks) context.fillText(text, PAD.left - 7, bottom - at * height);
  context.strokeStyle = look.soft;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(PAD.left - 0.5, PAD.top);
  context.lineTo(PAD.left - 0.5, bottom + 0.5);
  context.lineTo(PAD.left + width, bottom + 0.5);
  context.stroke();
  names(context, { width, height, look, x, y });
}

/** Those ticks whose texts do not meet. */
function apart(context, ticks, width) {
  let end = -Infinity;
  return ticks.filter(({ at, text }) => {
    const half = context.measureText(text).width / 2,
      begin = at * width - half;
    if (begin < end + 8) return false;
    end = at * width + half;
    return true;
  });
}

function names(context, { width, height, look, x, y }) {
  context.font = `600 ${FONT}`;
  context.fillStyle = look.text;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.fillText(named(x), PAD.left + width / 2, PAD.top + height + PAD.bottom - 4);
  context.save();
  context.translate(9, PAD.top + height / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = "top";
  context.fillText(named(y), 0, 0);
  context.restore();
}

export const named = ({ name, unit }) => (unit ? `${name} [${unit}]` : name);
