// The Jacobian explorer's numbers as a table, filled only while it is open.
import { create } from "d3-selection";
import { fromLog } from "./format.js";
import { logPower } from "./jacobian_model.js";

const ROWS = 12;

export function createTable({ signal }) {
  let measured;
  const details = create("details");
  details.append("summary").text("The numbers as a table");
  const table = details.append("table");
  table.append("caption").text("Norm of the product of Jacobians against lag. (γ·radius)ˡᵃᵍ is not a bound.");
  const columns = ["lag", "measured", "bound (γρ)ˡᵃᵍ", "(γ·radius)ˡᵃᵍ"];
  table.append("thead").append("tr").selectAll("th").data(columns).join("th").attr("scope", "col").text(String);
  const body = table.append("tbody");

  function fill() {
    if (!details.node().open || !measured) return;
    const { T, logNorms, bound, radius } = measured;
    const every = Math.max(1, Math.ceil(T / ROWS));
    const lags = logNorms.map((_, lag) => lag).filter((lag) => lag % every === 0 || lag === T);
    const row = body.selectAll("tr").data(lags).join((enter) => {
      const added = enter.append("tr");
      added.append("th").attr("scope", "row");
      for (let i = 1; i < columns.length; i++) added.append("td");
      return added;
    });
    row.each(function (lag) {
      const values = [logNorms[lag], logPower(bound, lag), logPower(radius, lag)].map(fromLog);
      [String(lag), ...values].forEach((text, i) => (this.cells[i].textContent = text));
    });
  }

  details.node().addEventListener("toggle", fill, { signal });
  const draw = (next) => {
    measured = next;
    fill();
  };
  return { node: details.node(), draw };
}
