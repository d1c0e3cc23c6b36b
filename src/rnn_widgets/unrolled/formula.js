// Each number's formula: in symbols, then with its numbers in it. Made over for each error.
import { T, W, W_HX } from "./model.js";
import { nameOf, weight, written } from "./names.js";

/** A factor or a later term: in brackets if it has a minus. */
const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);
const factor = (value) => bracketed(written(value));
const named = (name, values) => (name === "h0" ? "1" : factor(values[name]));

/** Names with their numbers: a list of [symbols, numbers] becomes two lines. */
const lines = (terms) => [0, 1].map((i) => terms.map((term) => term[i]).join(" + "));

/** ∂L/∂h_t: its arrows are what an error spoils. */
function ofState(t, { values, parts }, { W_hh, error }) {
  const { own, later } = parts[`dh${t}`];
  const terms = [];
  if (t === T || !(error === "direct" || error === "printed")) {
    terms.push([`w · ${nameOf(`do${t}`)}`, `${written(W)} · ${factor(values[`do${t}`])}`]);
  }
  if (t < T) {
    const h = values[`h${t}`];
    const [slope, number] = error === "twice" || error === "printed" ? [` · (1 − ${nameOf(`h${t}`)}²)`, ` · (1 − ${factor(h)}²)`] : ["", ""];
    terms.push([`W_hh · ${nameOf(`da${t + 1}`)}${slope}`, `${bracketed(weight(W_hh))} · ${factor(values[`da${t + 1}`])}${number}`]);
  }
  const added = `${written(own)} ${later < 0 ? "−" : "+"} ${written(Math.abs(later))}`;
  return terms.length > 1 ? [...lines(terms), added] : lines(terms);
}

function ofLocal(t, { values }, { error }) {
  const at = `h${error === "late" ? Math.min(t + 1, T) : t}`;
  return lines([[`${nameOf(`dh${t}`)} · (1 − ${nameOf(at)}²)`, `${factor(values[`dh${t}`])} · (1 − ${factor(values[at])}²)`]]);
}

/** Equations (7) to (9): what the steps contribute; `shift` is from the step of the one to that of the other. */
function ofWeight(left, right, shift, { values }) {
  const pairs = [1, 2, 3].map((t) => [`${left}${t}`, `${right}${t + shift}`]);
  return lines(pairs.map(([a, b]) => [`${nameOf(a)} · ${nameOf(b)}`, `${factor(values[a])} · ${named(b, values)}`]));
}

const RULES = {
  x: (t) => [`½ ln 3 − ${t === 1 ? 2 : 1}`],
  a: (t, { values }, { W_hh }) => {
    const [x, h] = [`x${t}`, `h${t - 1}`];
    return lines([
      [`W_hx · ${nameOf(x)}`, `${W_HX} · ${factor(values[x])}`],
      [`W_hh · ${nameOf(h)}`, `${bracketed(weight(W_hh))} · ${named(h, values)}`],
    ]);
  },
  h: (t, { values }) => lines([[`tanh(${nameOf(`a${t}`)})`, `tanh(${written(values[`a${t}`])})`]]),
  o: (t, { values }) => lines([[`w · ${nameOf(`h${t}`)}`, `${written(W)} · ${factor(values[`h${t}`])}`]]),
  y: (t, { values }) => [nameOf(`o${t}`), written(values[`o${t}`])].map((o) => `exp(${o}) / (exp(${o}) + exp(0))`),
  L: (t, { values }, { targets }) => {
    const both = [nameOf(`y${t}`), written(values[`y${t}`])];
    return both.map((y) => (targets[t - 1] === "0" ? `−log ${y}` : `−log(1 − ${y})`));
  },
  do: (t, { values }, { targets }) => [nameOf(`y${t}`), written(values[`y${t}`])].map((y) => `${y} − ${targets[t - 1] === "0" ? 1 : 0}`),
  dh: ofState,
  da: ofLocal,
};

/** The formula of a number: { name, steps }. Each step is equal to the name; the last is the number alone. */
export function formula(name, measured, settings) {
  const [, kind, t] = /^(\D+)(\d?)$/.exec(name);
  const weights = { dw: ["do", "h", 0], dW_hx: ["da", "x", 0], dW_hh: ["da", "h", -1] };
  const steps = weights[kind] ? ofWeight(...weights[kind], measured) : name === "h0" ? [] : RULES[kind](Number(t), measured, settings);
  return { name: nameOf(name), steps: [...steps, name === "h0" ? "1" : written(measured.values[name])] };
}
