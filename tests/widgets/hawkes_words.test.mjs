// What the Hawkes explorer says: the sentence must follow from the numbers. Started by test_hawkes_model.py.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { NUMBERS, readout, signed, summary, verdict } = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "hawkes_words.js")));

/** A measurement in which the model loses `lost` nats against the truth. */
const measured = (distance, lost, rest = {}) => ({
  events: [1, 2.5, 4],
  distance,
  limit: 0.2,
  truth: { logLikelihood: -12 },
  model: { logLikelihood: -12 - lost, sumLog: 8 - lost, atEnd: 20 },
  expectedNumber: 3.21,
  meanRate: 2,
  fading: 1.6,
  ceilingReached: false,
  ...rest,
});
const settings = { evaluation: "true", alpha: 0.75, beta: 2.5 };
const says = (distance, lost, now = {}, rest = {}) => verdict(measured(distance, lost, rest), { ...settings, ...now });

test("the true process", () => {
  assert.match(says(0.1, 0), /^The true process, on its own clock Λ, is a Poisson.*distance 0.100, limit 0.200\.$/);
  assert.match(says(0.3, 0), /^The true process is rejected, by chance/);
});

test("a wrong model", () => {
  const poisson = { evaluation: "poisson" };
  assert.match(says(0.3, 9.96, poisson), /^A Poisson.*the gaps give it away.*0.300, limit 0.200\. Its log-likelihood is 10.0 nats below/);
  assert.match(says(0.2, 1, poisson), /but these gaps do not give it away/);
  assert.match(says(0.1, -1.5, poisson), /is 1.5 nats above the truth’s\.$/);
  assert.match(says(0.3, 4, { evaluation: "half_beta" }), /^With β halved/);
  assert.match(says(0.3, 4, { evaluation: "no_beta" }), /integrates to α\/β, too little,/);
  assert.match(says(0.3, 4, { evaluation: "no_beta", beta: 0.5 }), /too much,/);
});

test("a model that is the true process after all", () => {
  for (const evaluation of ["poisson", "half_beta", "no_beta"]) {
    assert.match(says(0.1, 0, { evaluation, alpha: 0 }), /^The model, which for α = 0 is the true process,/);
  }
  assert.match(says(0.1, 0, { evaluation: "no_beta", beta: 1 }), /^The model, which for β = 1 is the true process,/);
  assert.match(says(0.1, 3, { evaluation: "half_beta", beta: 1 }), /^With β halved/);
});

test("no events, and too many", () => {
  assert.equal(says(null, 0, {}, { events: [] }), "No events in the window: nothing to test.");
  assert.match(says(0.1, 0, {}, { ceilingReached: true }), /λ rose above 50, where no proposals are carried: events are missing there\.$/);
});

test("readout", () => {
  const numbers = readout(measured(0.1234, 0), settings);
  assert.deepEqual(numbers, ["0.75", "2.00", "1.60", "3 (3.2)", "0.123 (0.200)", "−12.0 = 8.0 − 20.0"]);
  assert.equal(NUMBERS.length, numbers.length);
  assert.equal(readout(measured(null, 0, { events: [] }), settings)[4], "no events");
  assert.equal(signed(-0.04), "0.0");
  assert.match(summary(measured(0.1, 0), settings), /^3 events, 3.2 expected\. The true process.* Log-likelihood −12.0 nats\.$/);
});
