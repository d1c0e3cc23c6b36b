// What is said of the darts. Every sentence is a condition on the numbers; tests/widgets/thinning/truth.py holds it
// against them.
import { apart, counted, percent } from "../kit/format.js";
import { CREST } from "./model.js";

/** What the last dart met. */
function lastDart({ times, heights, count, rates, kept }, { ceiling }) {
  const i = count - 1;
  const [height, curve] = apart(heights[i], rates[i], 2);
  const where = `Dart ${count} of ${times.length} fell at ${times[i].toFixed(2)}, at the height ${height}: ${kept[i] ? "under" : "above"} the curve, ${curve}, so it is ${kept[i] ? "kept" : "dropped"}.`;
  const chance = rates[i] >= ceiling ? "certain: the curve is not below the ceiling there" : `λ/B = ${percent(rates[i] / ceiling)}`;
  return `${where} The chance to be kept there is ${chance}.`;
}

function tally({ count, events, times }) {
  if (count < times.length) return `So far ${events.length} of ${count} are kept.`;
  return `${count === 1 ? "The one dart has" : `All ${count} darts have`} fallen: ${events.length} kept, ${count - events.length} dropped.`;
}

/** What is to be expected of all darts. Of a curve that the darts themselves move, nothing is known beforehand. */
function expected({ share, times }, { ceiling }) {
  if (share === null) return "";
  const region = ceiling < CREST ? "The part of the curve’s area that is under the ceiling" : "The area under the curve";
  return `${region} is ${percent(share)} of the area under the ceiling, so of ${counted(times.length, "dart")} ${(share * times.length).toFixed(1)} are kept on average.`;
}

function above({ peak }, { curve, ceiling }) {
  if (curve === "wave") {
    if (ceiling < CREST) return "The ceiling cuts off the crest of the curve: there events come at the rate of the ceiling only.";
    return "The ceiling is nowhere below the curve, so what is kept comes at the rate λ.";
  }
  if (peak > ceiling) return `The curve rose above the ceiling, to ${peak.toFixed(2)}: there events come at the rate of the ceiling only.`;
  return "Each hit lifts the curve; so far it was nowhere above the ceiling.";
}

export function verdict(measured, settings) {
  const { count, times } = measured;
  if (!times.length) return "No dart falls under this ceiling.";
  if (!count) return `No dart has fallen yet, and ${times.length} will. ${above(measured, settings)}`;
  if (count < times.length) return `${lastDart(measured, settings)} ${tally(measured)} ${above(measured, settings)}`;
  return [tally(measured), expected(measured, settings), above(measured, settings)].filter(Boolean).join(" ");
}

export function summary({ times, count, events }, { ceiling }) {
  return `Ceiling ${ceiling.toFixed(2)}, ${count} of ${counted(times.length, "dart")} fallen, ${events.length} kept.`;
}

/** How far off a guess of the number kept was, and why it is what it is. */
export function gap(guess, { events, count, share }) {
  const kept = events.length;
  const off = Math.abs(Math.round(guess) - kept);
  const close = off === 0 ? "That is it" : `That is ${off} off`;
  return `You said ${Math.round(guess)}; of the ${counted(count, "dart")} ${kept} are kept. ${close}: a dart falls anywhere alike, and ${percent(share)} of the area under the ceiling lies under the curve, so ${(share * count).toFixed(1)} are to be expected.`;
}
