// What every panel is: a title, a drawing, a line that says what is seen, and its numbers as a table.
import { element } from "../elements.js";

const PAUSE = 300; // ms between two fillings of a table

/** `caption` and `columns` are those of the table; `rowsOf()` gives its rows as lists of texts when it is open. */
export function createPanel({ name, title, caption, columns, rowsOf }) {
  const heading = element("p", { className: "pg-title" }, title); // no heading: a chapter's own have levels
  const tools = element("div", { className: "pg-row pg-tools" });
  const figure = element("div", { className: "pg-figure" });
  const note = element("p", { className: "pg-note" });
  const node = element("section", { className: `pg-panel pg-${name}` }, heading, tools, figure, note);
  node.setAttribute("aria-label", title);
  const draw = rowsOf ? addTable(node, { title, caption, columns, rowsOf }) : () => {};
  const say = (text) => note.textContent !== text && (note.textContent = text);
  return { node, heading, tools, figure, say, table: draw };
}

/** A fold with a table, put into `node`; returns what fills it while it is open. */
export function addTable(node, { title, caption, columns, rowsOf }) {
  const body = element("tbody");
  const head = element("tr", {}, ...columns.map((text) => element("th", { scope: "col" }, text)));
  const table = element("table", {}, element("caption", {}, caption), element("thead", {}, head), body);
  const scroll = element("div", { className: "pg-scroll", tabIndex: 0, role: "group", ariaLabel: `${title}, numbers` }, table);
  const details = element("details", {}, element("summary", {}, "Numbers"), scroll);
  node.append(details);

  let waiting = false;

  function fill() {
    waiting = false;
    if (!details.open) return;
    body.replaceChildren(
      ...rowsOf().map(([first, ...rest]) =>
        element("tr", {}, element("th", { scope: "row" }, first), ...rest.map((text) => element("td", {}, text))),
      ),
    );
  }
  /** While it trains nobody reads each of thirty tables a second. */
  function draw() {
    if (!details.open || waiting) return;
    waiting = true;
    setTimeout(fill, PAUSE);
  }
  details.addEventListener("toggle", draw);
  return draw;
}

/** About a dozen of the indices 0 … count − 1, evenly spaced, the first and the last among them. */
export function some(count, most = 12) {
  const every = Math.max(1, Math.ceil((count - 1) / most));
  return Array.from({ length: count }, (_, i) => i).filter((i) => i % every === 0 || i === count - 1);
}

/** A list of layers, or of other parts, where there are two or more to choose from. `onChange(index)`. */
export function pick(label, onChange) {
  const input = element("select");
  input.setAttribute("aria-label", label);
  input.addEventListener("change", () => onChange(input.selectedIndex));
  let names = [];
  return {
    node: input,
    offer(next, index) {
      if (String(next) !== String(names)) {
        names = next;
        input.replaceChildren(...next.map((name) => new Option(name)));
      }
      input.selectedIndex = index;
      input.hidden = next.length < 2;
    },
  };
}
