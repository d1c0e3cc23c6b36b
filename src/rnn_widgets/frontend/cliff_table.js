// The clipping explorer's numbers as a table, filled only while it is open.
import { create } from "d3-selection";
import { digits } from "./cliff_words.js";

const ROWS = 12;
const COLUMNS = ["update", "w, b", "loss", "‖∇L‖", "clipped: w, b", "clipped: loss", "clipped: ‖∇L‖"];

export function createTable({ signal }) {
  let measured;
  const details = create("details");
  details.append("summary").text("The numbers as a table");
  const scroll = details.append("div").attr("class", "scroll").attr("tabindex", 0).attr("role", "group").attr("aria-label", "The numbers as a table");
  const table = scroll.append("table");
  table.append("caption").text("Both descents: without clipping on the left, with it on the right.");
  table.append("thead").append("tr").selectAll("th").data(COLUMNS).join("th").attr("scope", "col").text(String);
  const body = table.append("tbody");

  function fill() {
    if (!details.node().open || !measured) return;
    const [without, clipped] = [measured.without.path, measured.clipped.path];
    const last = without.length - 1;
    const every = Math.max(1, Math.ceil(last / ROWS));
    const updates = without.map((_, i) => i).filter((i) => i % every === 0 || i === last);
    const row = body.selectAll("tr").data(updates).join((enter) => {
      const added = enter.append("tr");
      added.append("th").attr("scope", "row");
      for (let i = 1; i < COLUMNS.length; i++) added.append("td");
      return added;
    });
    row.each(function (update) {
      const cells = [without, clipped].flatMap((path) => {
        const { w, b, loss, norm } = path[update];
        return [`${w.toFixed(2)}, ${b.toFixed(2)}`.replaceAll("-", "−"), digits(loss), digits(norm)];
      });
      [String(update), ...cells].forEach((text, i) => (this.cells[i].textContent = text));
    });
  }

  details.node().addEventListener("toggle", fill, { signal });
  const draw = (next) => {
    measured = next;
    fill();
  };
  return { node: details.node(), draw };
}
