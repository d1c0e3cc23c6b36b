// What the explorer says where a sweep over its settings (test_words.py) seldom or never comes, and its numbers.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(join(process.env.RNN_FRONTEND, name)));
const { lagText, verdict } = await load("jacobian/words.js");
const { apart, compared, counted, factor, fromLog, percent, scientific, superscript } = await load("kit/format.js");

/** A measurement that shrinks or grows by `rate` per step. */
const measured = (bound, rate, rest) => {
  const T = 40;
  return { T, bound, rate, logNorms: Array.from({ length: T + 1 }, (_, t) => t * Math.log(rate)), ...rest };
};

test("verdict", () => {
  const says = (bound, rate, activation = "tanh", rest = {}) => verdict(measured(bound, rate, rest), { gamma: 1, activation });
  assert.equal(says(0.9, 0.7), "γρ = 0.90 < 1: the influence must vanish in the end. It does, by a mean factor 0.70 per step.");
  assert.match(says(0.9975, 0.99), /^γρ = 0.9975 < 1: .* in the end\. Not yet: after 40 steps it is still 1 % or more\.$/);
  assert.match(says(1, 0.99), /^γρ = 1: the bound forbids growth.*Here it changes by a mean factor 0.99 per step\.$/);
  assert.match(says(1.5, 1.4), /^γρ = 1.50 > 1: the influence may grow\. After 40 steps it is more than 100 times what it was\.$/);
  const vanishing = { radius: 1.46, meanSlope: 0.4 };
  assert.match(says(1.5, 0.6, "tanh", vanishing), /may grow\. Yet after 40 steps it is below 1 % of what it was\. Measured: the mean slope is 40 % of γ\.$/);
  assert.match(says(1.5, 0.6, "relu", vanishing), /what it was\. Measured: the slope is 0 for 60 % of the units and steps\.$/);
  assert.match(says(1.5, 0.6, "linear", { radius: 0.9975 }), /For a linear φ it must vanish in the end: γ times the spectral radius = 0.9975 < 1\.$/);
  // A transient: far above what it was at the last lag, and yet it vanishes.
  assert.match(says(1.85, 1.2, "linear", { radius: 0.97 }), /After 40 steps it is more than 100 times what it was\. For a linear φ it must vanish in the end: γ times the spectral radius = 0\.97 < 1\.$/);
  assert.match(says(1.05, 1.05, "linear", { radius: 1.05 }), /lies between 1 % and 100 times what it was\. For a linear φ it must explode in the end: γ times the spectral radius = 1\.05 > 1\.$/);
  assert.match(says(1.2, 1.001, "linear", { radius: 1 }), /100 times what it was\.$/);
});

test("one step", () => {
  const one = { T: 1, bound: 0.5, rate: 0.5, logNorms: [0, Math.log(0.5)], lagBelow: null };
  assert.match(verdict(one, { gamma: 1, activation: "tanh" }), /after 1 step it is/);
  assert.equal(lagText(one), "Not below 1 % up to lag 1");
});

test("numbers", () => {
  assert.equal(superscript(-12), "⁻¹²");
  const cases = [[1, "1.00"], [0.0123456, "0.0123"], [9.999, "10.0"], [4.56e-7, "4.56 × 10⁻⁷"], [1234, "1230"], [9.999e5, "1.00 × 10⁶"]];
  for (const [value, text] of cases) assert.equal(fromLog(Math.log(value)), text);
  assert.equal(fromLog(-Infinity), "0");
  for (const [value, text] of [[4.567e-7, "4.57 × 10⁻⁷"], [9.9999e5, "1.00 × 10⁶"]]) assert.equal(scientific(value), text);
  for (const [share, text] of [[0, "0 %"], [0.004, "less than 1 %"], [0.396, "40 %"], [0.996, "more than 99 %"], [1, "100 %"]]) assert.equal(percent(share), text);
  const factors = [[0, "0"], [3e-5, "3.00 × 10⁻⁵"], [0.0123, "0.012"], [0.5, "0.50"], [0.9975, "0.9975"], [1, "1.00"], [1.0001, "1.0001"], [1 - 1e-6, "just below 1"]];
  for (const [value, text] of factors) assert.equal(factor(value), text);
  assert.equal(compared("x", 1 + 1e-6), "x is just above 1");
  assert.equal(compared("x", 1 + 1e-12), "x = 1");
  assert.deepEqual(apart(0.1304, 0.1309, 3), ["0.130", "0.131"]);
  assert.deepEqual(apart(0.13051, 0.13052, 3), ["0.13051", "0.13052"]);
  assert.deepEqual([counted(1, "event"), counted(0, "event")], ["1 event", "0 events"]);
});
