// What the Hawkes explorer's table holds.
import { some } from "../kit/table.js";

export const caption = "Some of the events, evaluated with the model. Rescaled gap: Λ(tᵢ) − Λ(tᵢ₋₁).";
export const columns = ["event i", "time tᵢ", "λ(tᵢ)", "Λ(tᵢ)", "rescaled gap"];

export const rowsOf = ({ events, model: { rates, compensator, rescaled } }) =>
  some(events.length - 1).map((i) => [String(i + 1), ...[events, rates, compensator, rescaled].map((list) => list[i].toFixed(2))]);
