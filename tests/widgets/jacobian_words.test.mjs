// What the explorer says: the sentence must follow from the numbers. Started by test_jacobian_model.py.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(join(process.env.RNN_FRONTEND, name)));
const { verdict } = await load("jacobian_words.js");
const { fromLog, superscript } = await load("format.js");

/** A measurement that shrinks or grows by `rate` per step. */
const measured = (bound, rate, rest) => {
  const T = 40;
  return { T, bound, rate, logNorms: Array.from({ length: T + 1 }, (_, t) => t * Math.log(rate)), ...rest };
};

test("verdict", () => {
  const tanh = { gamma: 1, activation: "tanh" };
  const says = (bound, rate, rest = {}, settings = tanh) => verdict(measured(bound, rate, rest), settings);
  assert.equal(says(0.9, 0.7), "γρ = 0.90 < 1: the influence must vanish. It does, by a factor 0.70 per step.");
  assert.match(says(0.99, 0.98), /must vanish, but slowly: after 40 steps it is still above 1 %/);
  assert.match(says(1, 0.99), /^γρ = 1.00: the bound forbids growth.*changes by a factor 0.99 per step/);
  assert.match(says(1.5, 1.4), /^γρ = 1.50 > 1: the influence may grow, and here it explodes/);
  assert.match(says(1.5, 1.01), /within 40 steps it neither vanishes nor explodes/);
  const vanishing = { radius: 1.5, meanSlope: 0.4 };
  assert.match(says(1.5, 0.6, vanishing), /may grow, yet here it vanishes: saturated.*on average 40 % of γ/);
  const relu = { gamma: 1, activation: "relu" };
  assert.match(says(1.5, 0.6, vanishing, relu), /the slope is 0 for 60 % of the units and steps/);
  assert.match(says(1.5, 0.6, { radius: 0.45, meanSlope: 0.4 }), /γ times the spectral radius is only 0.45/);
});

test("numbers", () => {
  assert.equal(superscript(-12), "⁻¹²");
  const cases = [[1, "1.00"], [0.0123456, "0.0123"], [9.999, "10.0"], [4.56e-7, "4.56 × 10⁻⁷"], [1234, "1230"], [9.999e5, "1.00 × 10⁶"]];
  for (const [value, text] of cases) assert.equal(fromLog(Math.log(value)), text);
  assert.equal(fromLog(-Infinity), "0");
});
