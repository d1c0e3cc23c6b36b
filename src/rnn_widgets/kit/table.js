// An explorer's numbers as a table, filled only while it is open.
import { create } from "d3-selection";

const ROWS = 12;

/** About a dozen of the indices 0 … last, evenly spaced, and the last one. */
export function some(last) {
  const every = Math.max(1, Math.ceil(last / ROWS));
  return Array.from({ length: last + 1 }, (_, i) => i).filter((i) => i % every === 0 || i === last);
}

/** `rowsOf(measured, settings)` gives the rows as lists of texts, the first of which names the row. */
export function createTable({ caption, columns, rowsOf, signal }) {
  let measured;
  let settings;
  const title = "The numbers as a table";
  const details = create("details");
  details.append("summary").text(title);
  // It may be wider than a phone: who has no pointer must reach it to scroll it.
  const scroll = details.append("div").attr("class", "scroll").attr("tabindex", 0).attr("role", "group").attr("aria-label", title);
  const table = scroll.append("table");
  table.append("caption").text(caption);
  table.append("thead").append("tr").selectAll("th").data(columns).join("th").attr("scope", "col").text(String);
  const body = table.append("tbody");

  function fill() {
    if (!details.node().open || !measured) return;
    const row = body.selectAll("tr").data(rowsOf(measured, settings)).join((enter) => {
      const added = enter.append("tr");
      added.append("th").attr("scope", "row");
      for (let i = 1; i < columns.length; i++) added.append("td");
      return added;
    });
    row.each(function (texts) {
      texts.forEach((text, i) => (this.cells[i].textContent = text));
    });
  }

  details.node().addEventListener("toggle", fill, { signal });
  const draw = (next, present) => {
    measured = next;
    settings = present;
    fill();
  };
  return { node: details.node(), draw };
}
