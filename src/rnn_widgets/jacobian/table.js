// What the Jacobian explorer's table holds.
import { fromLog } from "../kit/format.js";
import { logPower } from "./model.js";
import { some } from "../kit/table.js";

const logs = ({ logNorms, bound, radius }, lag) => [logNorms[lag], logPower(bound, lag), logPower(radius, lag)];

export const table = {
  caption: "Norm of the product of Jacobians against lag. (γ·radius)ᵗ is a bound only where the radius equals ρ.",
  columns: ["lag t", "measured", "bound (γρ)ᵗ", "(γ·radius)ᵗ"],
  rowsOf: (measured) => some(measured.T).map((lag) => [String(lag), ...logs(measured, lag).map(fromLog)]),
};

export const data = (measured) => ({
  columns: ["lag", "measured", "bound", "radius"],
  rows: measured.logNorms.map((_, lag) => [lag, ...logs(measured, lag).map(Math.exp)]),
});
