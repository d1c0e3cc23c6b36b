// The Hawkes explorer's numbers as a table, filled only while it is open.
import { create } from "d3-selection";

const ROWS = 12;

export function createTable({ signal }) {
  let measured;
  const details = create("details");
  details.append("summary").text("The numbers as a table");
  const table = details.append("table");
  table.append("caption").text("Some of the events, evaluated with the model. Rescaled gap: Λ(tᵢ) − Λ(tᵢ₋₁).");
  const columns = ["event i", "time tᵢ", "λ(tᵢ)", "Λ(tᵢ)", "rescaled gap"];
  table.append("thead").append("tr").selectAll("th").data(columns).join("th").attr("scope", "col").text(String);
  const body = table.append("tbody");

  function fill() {
    if (!details.node().open || !measured) return;
    const { events, model } = measured;
    const every = Math.max(1, Math.ceil(events.length / ROWS));
    const chosen = events.map((_, i) => i).filter((i) => i % every === 0 || i === events.length - 1);
    const row = body.selectAll("tr").data(chosen).join((enter) => {
      const added = enter.append("tr");
      added.append("th").attr("scope", "row");
      for (let i = 1; i < columns.length; i++) added.append("td");
      return added;
    });
    row.each(function (i) {
      const values = [events[i], model.rates[i], model.compensator[i], model.rescaled[i]];
      [String(i + 1), ...values.map((value) => value.toFixed(2))].forEach((text, k) => (this.cells[k].textContent = text));
    });
  }

  details.node().addEventListener("toggle", fill, { signal });
  const draw = (next) => {
    measured = next;
    fill();
  };
  return { node: details.node(), draw };
}
