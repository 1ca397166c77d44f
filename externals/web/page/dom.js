// Elements, in short.

/** make("button", {class: "quiet", onclick}, "text", element ..) */
export function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  if (tag === "button") element.type = "button";
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inside);
  return element;
}

export const find = (id) => document.getElementById(id);

let count = 0;
/** An id that no other element has. */
export const fresh = (name) => `${name}-${++count}`;

/** A label, a slider and a number; onvalue(value) hears what a hand does. */
export function slider({ label, unit = "", line = "", scale, value, step = 1000, onvalue, digits }) {
  const id = fresh("slider");
  const range = make("input", { type: "range", id, min: 0, max: step, step: "any" });
  const number = make("output", { for: id, class: "number" });
  if (line) range.setAttribute("aria-describedby", `${id}-line`);
  const show = (now) => {
    range.value = scale.position(now) * step;
    const said = `${digits ? digits(now) : now}${unit ? ` ${unit}` : ""}`;
    number.textContent = said;
    range.setAttribute("aria-valuetext", said);
    range.style.setProperty("--at", `${scale.position(now) * 100}%`);
  };
  range.addEventListener("input", () => {
    const now = onvalue(scale.value(range.value / step));
    show(now);
  });
  show(value);
  const row = make("div", { class: "slider" }, make("label", { for: id }, label), number, range);
  if (line) row.append(make("p", { class: "line", id: `${id}-line` }, line));
  return { row, range, show };
}

export function select({ label, options, value, onvalue, hidden = false }) {
  const id = fresh("select");
  const element = make(
    "select",
    { id, onchange: () => onvalue(element.value) },
    ...Object.entries(options).map(([key, said]) => make("option", { value: key }, said)),
  );
  element.value = value;
  const row = make(
    "div",
    { class: "choice" },
    make("label", { for: id, class: hidden ? "unseen" : "" }, label),
    element,
  );
  return { row, element };
}
