// The Hawkes explorer's model against vectors that rnn_core has just written. test_hawkes_model.py starts
// this file; it names the vectors in RNN_VECTORS and the directory of the modules under test in RNN_FRONTEND.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const model = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "hawkes/model.js")));
const { ceiling, draws, proposed, cases } = JSON.parse(readFileSync(process.env.RNN_VECTORS, "utf8"));

const TOLERANCE = 1e-10;

/** Absolute below 1, relative above. */
function assertClose(actual, expected, what) {
  const close = actual === expected || Math.abs(actual - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
  assert.ok(close, `${what}: expected ${expected}, got ${actual}, apart by ${Math.abs(actual - expected)}`);
}

function assertAllClose(actual, expected, what) {
  assert.equal(actual.length, expected.length, `${what}: length`);
  expected.forEach((value, i) => assertClose(actual[i], value, `${what}[${i}]`));
}

/** Not deepEqual, which takes minutes to tell long lists apart in words. */
function assertSame(actual, expected, what) {
  assert.equal(actual.length, expected.length, `${what}: length`);
  expected.forEach((value, i) => assert.equal(actual[i], value, `${what}[${i}]`));
}

const named = cases.map((vector, i) => {
  const { evaluation, alpha, beta } = vector.settings;
  return { ...vector, what: `case ${i} (${evaluation}, α ${alpha.toFixed(2)}, β ${beta.toFixed(2)})` };
});

test("there are enough cases, with every model, with no events, and with too many", () => {
  assert.ok(named.length >= 100);
  assert.equal(new Set(named.map(({ settings }) => settings.evaluation)).size, 4);
  assert.ok(named.some(({ events }) => events.length === 0));
  assert.ok(named.some(({ ceiling_reached }) => ceiling_reached));
  assert.ok(named.some(({ truth_rejected }) => truth_rejected));
  assert.ok(named.some(({ events }) => events.length === 1));
  assert.equal(ceiling, model.CEILING);
});

test("proposals and the events that thinning keeps: the same numbers to the last bit", () => {
  draws.map(model.proposals).forEach(({ times, heights }, i) => {
    assertSame(times, proposed[i].times, `draw ${i}, times`);
    assertSame(heights, proposed[i].heights, `draw ${i}, heights`);
  });
  for (const { settings, events, what } of named) {
    assertSame(model.measure(draws, settings).events, events, what);
  }
});

test("the process and the model: parameters, hidden states, intensity, compensator, likelihood", () => {
  for (const { settings, truth, model: wrong, what } of named) {
    const measured = model.measure(draws, settings);
    for (const [name, expected] of [["truth", truth], ["model", wrong]]) {
      const actual = measured[name];
      for (const key of ["mu", "alpha", "beta"]) assertClose(actual.process[key], expected[key], `${what}, ${name}, ${key}`);
      for (const key of ["R", "rates", "rescaled", "compensator"]) assertAllClose(actual[key], expected[key], `${what}, ${name}, ${key}`);
      assertClose(actual.atEnd, expected.at_end, `${what}, ${name}, Λ(end)`);
      assertClose(actual.logLikelihood, expected.log_likelihood, `${what}, ${name}, log-likelihood`);
      assertClose(actual.sumLog, expected.log_likelihood + expected.at_end, `${what}, ${name}, Σ log λ`);
    }
  }
});

test("intensity and compensator between the events", () => {
  for (const { settings, events, at, truth, model: wrong, what } of named) {
    const measured = model.measure(draws, settings);
    for (const [name, expected] of [["truth", truth], ["model", wrong]]) {
      const { process, R, compensator } = measured[name];
      const places = at.map((t) => {
        const count = events.filter((event) => event < t).length;
        return { count, elapsed: t - (events[count - 1] ?? 0) };
      });
      const rates = places.map(({ count, elapsed }) => model.rate(process, R[count], elapsed));
      const totals = places.map(({ count, elapsed }) => (compensator[count - 1] ?? 0) + model.increase(process, R[count], elapsed));
      assertAllClose(rates, expected.intensity_between, `${what}, ${name}, λ`);
      assertAllClose(totals, expected.compensator_between, `${what}, ${name}, Λ`);
    }
  }
});

test("quantiles, distance and readout", () => {
  for (const { settings, what, ...vector } of named) {
    const measured = model.measure(draws, settings);
    assertAllClose(measured.expected, vector.expected, `${what}, expected`);
    assertAllClose(measured.observed, vector.observed, `${what}, observed`);
    if (vector.distance === null) assert.equal(measured.distance, null, what);
    else assertClose(measured.distance, vector.distance, `${what}, distance`);
    assert.equal(measured.truthRejected, vector.truth_rejected, what);
    if (vector.evened === null) assert.equal(measured.evened, null, what);
    else for (const name of ["distance", "spread"]) assertClose(measured.evened[name], vector.evened[name], `${what}, evened, ${name}`);
    if (vector.limit !== null) assertClose(measured.limit, vector.limit, `${what}, limit`);
    assertClose(measured.expectedNumber, vector.expected_number, `${what}, expected number`);
    assertClose(measured.meanRate, vector.mean_rate, `${what}, mean rate`);
    assertClose(1 / measured.fading, settings.beta * (1 - settings.alpha), `${what}, time constant`);
    assertClose(measured.peak, vector.peak, `${what}, peak`);
    assert.equal(measured.ceilingReached, vector.ceiling_reached, what);
    assert.equal(measured.end, settings.end);
  }
});
