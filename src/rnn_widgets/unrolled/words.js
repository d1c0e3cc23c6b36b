// What Unrolled says. Every sentence is a condition on the numbers; tests/widgets/unrolled/truth.py holds it against them.
import { appears, GRADIENTS, ORDER, shownNumber, STEPS, TURN } from "./model.js";
import { apart, nameOf, signed, written } from "./names.js";

const TOLERANCE = 1e-6; // a central difference has some nine digits

const FAULTS = {
  direct: "Own loss left out at h₁ and h₂.",
  twice: "Slope applied twice: on the way into h₁ and h₂, and again by (6).",
  late: "Slope a step late: δ₁ takes that of step 2, δ₂ that of step 3.",
  printed: "(10) as printed: own loss left out, slope applied twice.",
};

const WEIGHTS = { dw: "output", dW_hx: "input", dW_hh: "recurrent" };

/** Whether a gradient is what its central difference says. */
export const agrees = ({ values, central }, name) => Math.abs(values[name] - central[name]) <= TOLERANCE;

/** Whether a gradient points the wrong way. */
export const reversed = ({ values, central }, name) =>
  !agrees({ values, central }, name) && Math.min(Math.abs(values[name]), Math.abs(central[name])) > TOLERANCE && values[name] > 0 !== central[name] > 0;

const seenAt = (step) => GRADIENTS.filter((name) => appears(name) <= step);

function forwards({ values, loss }, step) {
  if (step === 0) return "Given are the inputs, the first state, the weights and the classes. Nothing is computed yet.";
  const name = ORDER[step];
  if (step < TURN) return `Forward, ${step} of ${TURN}: the newest number is ${nameOf(name)} = ${written(values[name])}.`;
  const losses = STEPS.map((t) => written(values[`L${t}`])).join(" + ");
  return `Forward pass done: L = L₁ + L₂ + L₃ = ${losses} = ${written(loss)}. No gradient is known yet.`;
}

/** The arrows into the state whose gradient was computed last. */
function arrows({ values, parts }, step) {
  const name = step >= appears("dh1") ? "dh1" : "dh2";
  if (step < appears("dh3")) return "The way back begins at the last loss.";
  if (step < appears("dh2")) return "One arrow leads back into h₃: of the three losses it acts on its own only.";
  const { own, later } = parts[name];
  return `Two arrows lead back into ${nameOf(name.slice(1))}: ${signed(own)} from its own loss, ${signed(later)} from later ones. Together, ∂L/∂${nameOf(name.slice(1))} = ${written(values[name])}.`;
}

function offBy(measured, name) {
  const { values, central } = measured;
  if (agrees(measured, name)) return `${WEIGHTS[name]} right`;
  const off = Math.abs(values[name] - central[name]);
  return `${WEIGHTS[name]} off by ${off < 0.0005 ? "less than 0.001" : written(off)}${reversed(measured, name) ? " with the wrong sign" : ""}`;
}

function compared(measured, step) {
  const seen = seenAt(step);
  const first = seen.find((name) => !agrees(measured, name));
  if (!first) {
    if (seen.length === 1) return "The first gradient agrees with its central difference.";
    return `All ${seen.length} gradients${step < ORDER.length - 1 ? " so far" : ""} agree with their central differences.`;
  }
  const [back, central] = apart(measured.values[first], measured.central[first]);
  const said = [`First wrong number: ${nameOf(first)} = ${back}, by central differences ${central}.`];
  if (first !== "dh1" && seen.includes("dh1") && reversed(measured, "dh1")) said.push("∂L/∂h₁ has the wrong sign.");
  const weights = seen.filter((name) => name in WEIGHTS);
  if (weights.length) said.push(`Weights: ${weights.map((name) => offBy(measured, name)).join(", ")}.`);
  return said.join(" ");
}

export function verdict(measured, { step, error }) {
  if (step <= TURN) return forwards(measured, step);
  return `${error === "none" ? arrows(measured, step) : FAULTS[error]} ${compared(measured, step)}`;
}

export function summary({ values, central }, settings) {
  const name = shownNumber(settings);
  const judge = name in central ? `, central difference ${written(central[name])}` : "";
  return `Step ${settings.step} of ${ORDER.length - 1}. ${nameOf(name)} is ${written(values[name])}${judge}.`;
}

/** How far off a guess of ∂L/∂h₁ was, and what is near it instead. */
export function gap(guess, { values, parts: { dh1 } }) {
  const off = Math.abs(guess - values.dh1);
  const near = (value) => Math.abs(guess - value) < 0.3;
  let why = `That is ${off.toFixed(2)} off`;
  if (off < 0.1) why = "That is within 0.1";
  else if (near(dh1.own)) why = "Your number is near what its own loss brings alone";
  else if (near(dh1.later)) why = "Your number is near what the later losses bring alone";
  return `You put it at ${signed(Math.round(100 * guess) / 100)}; it is ${written(values.dh1)}. ${why}: two arrows meet at h₁, ${signed(dh1.own)} from its own loss and ${signed(dh1.later)} from later ones, and they add up.`;
}
