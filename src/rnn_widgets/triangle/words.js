// What the triangle says. Every sentence is a condition on the numbers; tests/widgets/triangle/truth.py holds it against them.
import { counted, fromLog, isOne, superscript } from "../kit/format.js";

export const LIMIT = 0.1; // of the gradient's length that a cut may lose

/** A length ≥ 0 with three significant digits. */
export const long = (value) => fromLog(Math.log(value));

/** ρ to a power, the first of which is not written. */
export const power = (lag) => (lag === 1 ? "ρ" : `ρ${superscript(lag)}`);

/** A cosine; only 1 itself is shown as 1. */
export function cosine(value) {
  if (isOne(value)) return "1";
  if (value > 0.9995) return "above 0.999";
  const text = Math.abs(value).toFixed(3);
  return value < 0 && text !== "0.000" ? `−${text}` : text;
}

/** The least τ of which a band loses no more than the limit; the longest band loses nothing. */
export const shortest = (lost) => 1 + lost.findIndex((share) => share <= LIMIT);

function term({ norms, factors, rho, size }, { t, k }) {
  const lag = t - k;
  if (lag < 0) return `Step ${k} comes after loss ${t}: no path leads from that use of W_hh to that loss, so the entry is 0.`;
  const norm = `the term is ${long(norms[t - 1][k - 1])} long, the gradient ${long(size)}.`;
  if (lag === 0) return `C(${t}, ${k}): loss ${t} and the use of W_hh at its own step, with no Jacobian between them; ${norm}`;
  const passed = lag === 1 ? "1 Jacobian. It has" : `${lag} Jacobians. Their product has`;
  return `C(${t}, ${k}): the row of loss ${t} goes back past ${passed} norm ${long(factors.product)}, at most ${power(lag)} = ${long(rho ** lag)}; ${norm}`;
}

function addition({ cells, ends, total, products: { single, together } }, name) {
  if (cells.length === 1) return `1 term, ${long(total)} long.`;
  const sum = `${cells.length} terms, ${long(ends)} long if laid end to end; their sum${name} is ${long(total)} long.`;
  if (single === null || single <= together) return sum;
  return `${sum} One loss at a time they take ${single} products with W_hhᵀ; added on the way back, ${together}.`;
}

/** What was chosen, and what it adds up to. */
function chosen(measured, settings) {
  const { sum, t, k } = settings;
  if (sum === "cell") return term(measured, settings);
  if (sum === "diagonal" && t < k) return "No loss asks anything of a later step: this diagonal is empty.";
  const head = {
    row: `Row ${t}, all that loss ${t} asks for: `,
    column: `Column ${k}, all that is asked of W_hh at step ${k}: `,
    diagonal: t === k ? "Lag 0, what each loss asks of its own step: " : `Lag ${t - k}, what is asked ${counted(t - k, "step")} ahead of a loss: `,
    all: "All of it: ",
  }[sum];
  return head + addition(measured, sum === "all" ? ", the gradient," : "");
}

/** What the cut loses. */
function loss({ size, cut: { dropped, shortDropped, cosine: angle, ratio, lost } }, { cut, tau }) {
  if (dropped === 0) return "Nothing is cut.";
  const band = dropped === 1 ? `The cut drops the term of lag ${tau}` : `The cut drops the ${dropped} terms of lag ${tau} and more`;
  const short = shortDropped > 0 ? `, ${shortDropped} of them of lags below ${tau}` : "";
  const windows = `Windows of ${counted(tau, "step")} drop ${counted(dropped, "term")}${short}`;
  const what = cut === "band" ? band : windows;
  if (size === 0) return `${what}; the gradient is 0.`;
  const kept = angle === null ? "nothing is kept" : `what is kept ${long(ratio)} times, with cosine ${cosine(angle)}`;
  return `${what}: what is lost is ${long(lost)} times as long as the gradient, ${kept}.`;
}

export const verdict = (measured, settings) => `${chosen(measured, settings)} ${loss(measured, settings)}`;

export function summary({ total, cut: { dropped, lost } }, { network, sum, t, k, tau, cut }) {
  const what = { cell: `term ${t}, ${k}`, row: `row ${t}`, column: `column ${k}`, diagonal: `lag ${t - k}`.replace("-", "−"), all: "all terms" }[sum];
  const away = dropped === 0 ? "nothing" : lost === null ? counted(dropped, "term") : `${counted(dropped, "term")}, ${long(lost)} of the gradient's length`;
  return `The ${network} network, ${what}: length ${long(total)}. A ${cut === "band" ? "band" : "cut into windows"} with τ = ${tau} drops ${away}.`;
}

/** How far off a guess of the cut was, and why it is where it is. */
export function gap(guess, { lost, rho }) {
  const least = shortest(lost.band);
  const loses = lost.band[guess - 1];
  const verdictOfGuess = loses <= LIMIT ? "no more than a tenth" : "more than a tenth";
  const yours = `You cut at τ = ${guess}, and that loses ${long(loses)} of the gradient's length, ${verdictOfGuess}.`;
  const answer = guess === least ? "No shorter band will do" : `The shortest band that will do is τ = ${least}`;
  return `${yours} ${answer}: ${counted(least, "Jacobian")} of norm at most ρ = ${long(rho)} leave a row at most ${long(rho ** least)} of its length.`;
}
