// Hands on the map: move over a point, click it, drag and pinch and turn the wheel; and the same by keys.

const STILL = 5; // pixels that a click may move
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** acts: {hover(row), choose(row), play(), stop()} */
export function listen(map, acts) {
  const held = new Map(),
    { marks } = map;
  const place = (event) => {
    const { left, top } = marks.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  marks.addEventListener("pointerdown", (event) => {
    held.set(event.pointerId, { at: place(event), from: place(event), moved: held.size > 0 });
    marks.setPointerCapture(event.pointerId);
  });
  marks.addEventListener("pointermove", (event) => {
    const hand = held.get(event.pointerId);
    if (hand) drag(map, held, hand, place(event));
    else if (event.pointerType === "mouse") acts.hover(map.at(...place(event)));
  });
  marks.addEventListener("pointerup", (event) => {
    const hand = held.get(event.pointerId);
    held.delete(event.pointerId);
    if (!hand || hand.moved) return;
    const row = map.at(...hand.from);
    if (row < 0) return;
    acts.choose(row);
    acts.play();
  });
  marks.addEventListener("pointercancel", (event) => held.delete(event.pointerId));
  marks.addEventListener("pointerleave", () => acts.hover(-1));
  marks.addEventListener("wheel", (event) => turn(map, event, place(event)), { passive: false });
  marks.addEventListener("keydown", (event) => press(map, event, acts));
}

function drag(map, held, hand, [left, top]) {
  const [before, other] = [hand.at, [...held.values()].find((each) => each !== hand)];
  hand.at = [left, top];
  if (Math.hypot(left - hand.from[0], top - hand.from[1]) > STILL) hand.moved = true;
  if (!hand.moved) return;
  if (other) {
    const far = ([x, y]) => Math.max(10, Math.hypot(x - other.at[0], y - other.at[1]));
    map.view.zoom(far(hand.at) / far(before), ...map.shares((left + other.at[0]) / 2, (top + other.at[1]) / 2));
    other.moved = true;
  } else map.view.move((before[0] - left) / map.width, (top - before[1]) / map.height);
  map.redraw();
}

function turn(map, event, at) {
  if (map.view.isAll && event.deltaY > 0) return; // nothing to go out to: the page may scroll
  event.preventDefault();
  map.view.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), ...map.shares(...at));
  map.redraw();
}

function press(map, event, acts) {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (ARROWS[key]) step(map.beside(...ARROWS[key]), acts);
  else if (key === "PageDown" || key === "PageUp") step(along(map, key === "PageDown" ? 1 : -1), acts);
  else if (key === " " || key === "Enter") acts.play();
  else if (key === "Escape") acts.stop();
  else if (key === "+" || key === "-") map.closer(key === "+" ? 1.5 : 1 / 1.5);
  else if (key === "0") map.whole();
  else return;
  event.preventDefault();
}

function step(row, acts) {
  if (row >= 0) acts.choose(row);
}

/** The next row of the table that is shown. */
function along(map, by) {
  let row = map.chosen;
  do row += by;
  while (row >= 0 && row < map.shown.length && !map.shown[row]);
  return row < map.shown.length ? row : -1;
}
