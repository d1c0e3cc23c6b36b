// The explorer's model against vectors that rnn_core has just written. test_jacobian_model.py starts
// this file; it names the vectors in RNN_VECTORS and the directory of the modules under test in RNN_FRONTEND.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const load = (name) => import(pathToFileURL(join(process.env.RNN_FRONTEND, name)));
const { spectralNorm } = await load("kit/linalg.js");
const model = await load("jacobian/model.js");
const { norms, cases } = JSON.parse(readFileSync(process.env.RNN_VECTORS, "utf8"));

const TOLERANCE = 1e-10;
const number = (value) => value ?? -Infinity; // JSON has no −∞

function assertClose(actual, expected, tolerance, what) {
  const close = actual === expected || Math.abs(actual - expected) <= tolerance;
  assert.ok(close, `${what}: expected ${expected}, got ${actual}, apart by ${Math.abs(actual - expected)}`);
}

function assertAllClose(actual, expected, tolerance, what) {
  assert.equal(actual.length, expected.length, `${what}: length`);
  expected.forEach((value, i) => assertClose(actual[i], number(value), tolerance, `${what}[${i}]`));
}

const named = cases.map((vector, i) => {
  const { family, activation, draw } = vector.settings;
  return { ...vector, drawn: vector.draws[draw], what: `case ${i} (${family}, ${activation})` };
});
// Where last bits of rounding move rnn_core's own result, only single steps can be compared.
const steady = named.filter(({ sensitivity }) => sensitivity < TOLERANCE / 10);

test("there are enough cases, of every family and activation", () => {
  assert.ok(steady.length >= 100, `${steady.length} of ${cases.length} cases are insensitive to rounding`);
  const kinds = new Set(steady.map(({ settings }) => `${settings.family} ${settings.activation}`));
  assert.equal(kinds.size, 12);
});

test("spectral norm", () => {
  norms.forEach(({ m, A, norm }, i) => {
    assertClose(spectralNorm(Float64Array.from(A), m), norm, 1e-12 * norm, `norm ${i}`);
  });
});

test("recurrent matrix and its spectral radius", () => {
  for (const { drawn, settings, W, radius, what } of named) {
    const actual = model.recurrentMatrix(drawn, settings);
    assertAllClose(actual.W, W, 1e-13, what);
    assertClose(actual.radius, radius, 1e-12, what);
  }
});

test("each single step from rnn_core's states", () => {
  for (const { drawn, settings, W, h, what } of named) {
    const m = h[0].length;
    for (let t = 1; t < h.length; t++) {
      const drive = drawn.drive.slice((t - 1) * m, t * m);
      const size = Math.max(1, ...h[t].map(Math.abs));
      assertAllClose(model.nextState(W, h[t - 1], drive, settings), h[t], 1e-13 * size, `${what}, h_${t}`);
    }
  }
});

test("log-norms end to end", () => {
  for (const { draws, settings, log_norms, what } of steady) {
    assertAllClose(model.measure(draws, settings).logNorms, log_norms, TOLERANCE, what);
  }
});

test("readout", () => {
  for (const { draws, settings, radius, rate, lag_below, log_norms, what } of steady) {
    const measured = model.measure(draws, settings);
    assert.equal(measured.T, log_norms.length - 1);
    assertClose(measured.bound, settings.gamma * settings.rho, 0, what);
    assertClose(measured.radius, settings.gamma * radius, 1e-12, what);
    assertClose(measured.rate, rate, TOLERANCE, what);
    assert.equal(measured.lagBelow, lag_below, what);
  }
});

test("the two longest half axes of the ball's image", () => {
  for (const { draws, settings, flatness, what } of steady) {
    const ball = model.measure(draws, settings).ball();
    assert.deepEqual(ball.map(({ lag }) => lag), flatness.map(([lag]) => lag), what);
    ball.forEach((image, i) => assertClose(image.flatness, flatness[i][1], 1e-7, `${what}, lag ${image.lag}`));
  }
});

test("the measured norm keeps to the bound", () => {
  for (const { draws, settings, what } of named) {
    const { logNorms, bound } = model.measure(draws, settings);
    logNorms.forEach((value, lag) => {
      assert.ok(value <= model.logPower(bound, lag) + 1e-11, `${what}: above the bound at lag ${lag}`);
    });
  }
});
