// The clipping explorer's model against vectors that rnn_core has just written. test_cliff_model.py starts
// this file; it names the vectors in RNN_VECTORS and the directory of the modules under test in RNN_FRONTEND.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const model = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "cliff/model.js")));
const { places, cases, surfaces, problem, steepest } = JSON.parse(readFileSync(process.env.RNN_VECTORS, "utf8"));

const TOLERANCE = 1e-10;
const STEADY = TOLERANCE / 10;

function assertClose(actual, expected, what, tolerance = TOLERANCE) {
  const apart = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  assert.ok(actual === expected || apart <= tolerance, `${what}: expected ${expected}, got ${actual}, apart by ${apart}`);
}

const descents = cases.flatMap((vector, i) =>
  ["without", "clipped"].map((name) => ({ ...vector, ...vector[name], name, what: `case ${i}, ${name}` })),
);

test("there are enough cases that rounding leaves alone", () => {
  const steady = descents.filter(({ sensitivity }) => sensitivity.at(-1) < STEADY);
  assert.ok(steady.length >= 100, `${steady.length} of ${descents.length} descents`);
  assert.ok(steady.some(({ leaves }) => leaves !== null) && steady.some(({ leaves }) => leaves === null));
  const cut = steady.filter(({ name, largest, clip }) => name === "clipped" && largest > clip);
  assert.ok(cut.length >= 10, `${cut.length} of them are clipped`);
});

test("loss and gradient", () => {
  places.forEach(({ w, b, T, problem, loss, grad_w, grad_b }, i) => {
    const actual = model.lossAndGradient(w, b, T, problem);
    assertClose(actual.loss, loss, `loss ${i}`);
    assertClose(actual.grad_w, grad_w, `∂L/∂w ${i}`);
    assertClose(actual.grad_b, grad_b, `∂L/∂b ${i}`);
    assertClose(actual.norm, Math.hypot(grad_w, grad_b), `norm ${i}`);
    assertClose((model.lastState(w, b, T, problem) - problem.target) ** 2, loss, `state ${i}`);
  });
});

test("descents end to end, as far as rounding allows", () => {
  for (const { settings, problem, clip, path, sensitivity, what } of descents) {
    const actual = model.descend(settings, clip ?? Infinity, problem);
    assert.equal(actual.length, path.length, what);
    path.forEach((place, i) => {
      if (sensitivity[i] > STEADY) return;
      for (const name of ["w", "b", "loss", "norm"]) assertClose(actual[i][name], place[name], `${what}, ${name} after ${i}`);
    });
  }
});

test("each single update from rnn_core's places", () => {
  for (const { settings, problem, clip, path, what } of descents) {
    for (let i = 0; i + 1 < path.length; i++) {
      // The steeper the surface, the more the last bits of w and b matter.
      const tolerance = TOLERANCE * Math.max(1, path[i].norm);
      const here = model.lossAndGradient(path[i].w, path[i].b, settings.T, problem);
      const next = model.step(path[i], here, settings.learning_rate, clip ?? Infinity);
      for (const name of ["loss", "norm"]) assertClose(here[name], path[i][name], `${what}, ${name} after ${i}`, tolerance);
      for (const name of ["w", "b"]) assertClose(next[name], path[i + 1][name], `${what}, ${name} after ${i + 1}`, tolerance);
    }
  }
});

test("readout", () => {
  for (const { settings, problem, name, path, k, apart, largest, used, shortened, leaves, leaving, sensitivity, what } of descents) {
    if (sensitivity[k] > STEADY) continue;
    const measured = model.measure(() => problem, settings);
    const actual = measured[name];
    assert.equal(measured.k, k, what);
    assert.equal(measured.apart, apart, what);
    assert.equal(measured.width, problem.w_range[1] - problem.w_range[0], what);
    assert.equal(actual.path.length, k + 1, what);
    assertClose(actual.norm, path[k].norm, what);
    assertClose(actual.largest, largest, what);
    assertClose(actual.loss, path[k].loss, what);
    assertClose(actual.used, used, what);
    assert.equal(actual.shortened, shortened, what);
    assert.equal(actual.leaves, leaves, what);
    if (leaves === null) assert.equal(actual.leaving, null, what);
    else assertClose(actual.leaving, leaving, what, TOLERANCE * Math.max(1, leaving));
  }
});

test("there is a cliff where a gradient on the map is longer than 10", () => {
  for (const [T, longest] of steepest) assert.equal(model.hasCliff(T), longest > 10, `T = ${T}: ${longest}`);
});

test("level lines part the map where h_T says", () => {
  const levels = [0.05, 0.2, 0.4, 0.6, 0.66, 0.7, 0.74, 0.8, 0.9];
  const near = 0.012; // in b, of a map that is 2.5 high
  const [bottom, top] = problem.b_range;
  for (const { T, w, b, h } of surfaces) {
    const lines = model.levelLines(levels, w, T, problem);
    levels.forEach((level, k) => {
      w.forEach((_, i) => {
        const line = lines[k][i];
        assert.ok(line >= bottom && line <= top, `T = ${T}: the line of ${level} is on the map`);
        if (Math.abs(b[i] - line) < near) return;
        assert.equal(b[i] > line, h[i] > level, `T = ${T}: w = ${w[i]}, b = ${b[i]} against the line ${line} of ${level}`);
      });
    });
  }
});
