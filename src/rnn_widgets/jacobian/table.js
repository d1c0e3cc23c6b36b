// What the Jacobian explorer's table holds.
import { fromLog } from "../kit/format.js";
import { logPower } from "./model.js";
import { some } from "../kit/table.js";

export const caption = "Norm of the product of Jacobians against lag. (γ·radius)ˡᵃᵍ is a bound only where the radius equals ρ.";
export const columns = ["lag", "measured", "bound (γρ)ˡᵃᵍ", "(γ·radius)ˡᵃᵍ"];

export const rowsOf = ({ T, logNorms, bound, radius }) =>
  some(T).map((lag) => [String(lag), ...[logNorms[lag], logPower(bound, lag), logPower(radius, lag)].map(fromLog)]);
