// The events as numbers.
import { some } from "../kit/table.js";

export const table = {
  caption: "Some of the events, evaluated with the model. Rescaled gap: Λ(tᵢ) − Λ(tᵢ₋₁).",
  columns: ["event i", "time tᵢ", "λ(tᵢ)", "Λ(tᵢ)", "rescaled gap"],
  rowsOf: ({ events, model: { rates, compensator, rescaled } }) =>
    some(events.length - 1).map((i) => [String(i + 1), ...[events, rates, compensator, rescaled].map((list) => list[i].toFixed(2))]),
};

export const data = ({ events, model: { rates, compensator, rescaled } }) => ({
  columns: ["event", "time", "rate", "compensator", "rescaled_gap"],
  rows: events.map((t, i) => [i + 1, t, rates[i], compensator[i], rescaled[i]]),
});
