// Tables, which the book's own helper writes with bars and a line of dashes below the head.
import { element } from "./elements.js";

const entriesOf = (line) => line.slice(1, -1).split(/(?<!\\)\|/).map((entry) => entry.trim().replaceAll("\\|", "|"));

/** The table that a text in Markdown holds. */
export function tableOf(text) {
  const [head, rule, ...rows] = text.trim().split("\n").map(entriesOf);
  const row = (entries, name) =>
    element("tr", {}, ...entries.map((entry, i) => element(name, { className: rule[i]?.endsWith(":") ? "right" : "" }, entry)));
  const table = element(
    "table",
    { className: "table" },
    element("thead", {}, row(head, "th")),
    element("tbody", {}, ...rows.map((entries) => row(entries, "td"))),
  );
  return element("div", { className: "output live-table", tabIndex: 0 }, table);
}
