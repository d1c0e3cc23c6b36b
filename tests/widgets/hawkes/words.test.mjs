// What the Hawkes explorer says: the sentence must follow from the numbers. Started by test_hawkes_model.py.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { NUMBERS, readout, signed, summary, verdict } = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "hawkes/words.js")));

/** A measurement in which the model loses `lost` nats against the truth. */
const measured = (distance, lost, rest = {}) => ({
  events: [1, 2.5, 4],
  distance,
  limit: 0.2,
  truthRejected: false,
  evened: { distance: 0.1, spread: 1.5 },
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
  assert.equal(says(0.1, 0), "The true process is, on its own clock Λ, a Poisson process of rate 1. Its gaps pass the test: distance 0.100, limit 0.200.");
  assert.match(says(0.3, 0), /^The true process is rejected although it is true: at the 5 % level/);
});

test("a wrong model", () => {
  const poisson = { evaluation: "poisson" };
  assert.equal(
    says(0.3, 9.96, poisson),
    "A Poisson process of this rate knows of no clusters; it expects 20.0 events here, and 3 came. " +
      "The gaps give it away: distance 0.300, limit 0.200. It is the level that does: brought to mean 1 they would pass (distance 0.100, limit for a fitted rate 0.546). " +
      "Its log-likelihood is 10.0 nats below the truth’s.",
  );
  const uneven = { evened: { distance: 0.6, spread: 1.5 } };
  assert.match(says(0.3, 9, poisson, uneven), /still fail \(distance 0.600, limit for a fitted rate 0.546\); their standard deviation would be 1\.50, and that of Exp\(1\) is 1\. Its/);
  assert.match(says(0.2, 1, poisson), /These gaps do not give it away: .* Its log-likelihood is 1.0 nats below the truth’s\.$/);
  assert.match(says(0.1, -1.5, poisson), /is 1.5 nats above the truth’s\.$/);
  assert.match(says(0.3, 4, { evaluation: "half_beta" }, { truthRejected: true }), /^With β halved.*The gaps reject it, and the true process too:/);
});

test("too many", () => {
  assert.match(says(0.1, 0, {}, { ceilingReached: true }), /^λ rose above 50, where no proposals are carried: events may be missing there/);
});

test("readout", () => {
  const numbers = readout(measured(0.1234, 0), settings);
  assert.deepEqual(numbers, ["0.75", "2.00", "1.60", "3 (3.2)", "0.123 (0.200)", "−12.0 = 8.0 − 20.0"]);
  assert.equal(NUMBERS.length, numbers.length);
  assert.equal(readout(measured(null, 0, { events: [] }), settings)[4], "no events");
  assert.equal(signed(-0.04), "0.0");
  assert.match(summary(measured(0.1, 0), settings), /^3 events, 3.2 expected\. The true process.* Log-likelihood −12.0 nats\.$/);
});
