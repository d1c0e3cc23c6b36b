// The landscape: where the loss's lines lie, and where a low sun leaves it dark. Started by test_cliff_model.py.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { LOSSES, VALLEY, levelsOf, profileOf, shadowOf } = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "cliff/relief.js")));

test("each level of h_T has its loss, and they rise", () => {
  const levels = levelsOf(0.7);
  levels.forEach((level, i) => assert.ok(Math.abs((level - 0.7) ** 2 - LOSSES[i]) < 1e-12));
  assert.deepEqual(levels, [...levels].sort((a, b) => a - b));
  assert.equal(levels[VALLEY], 0.7);
});

test("a wall throws a shadow as long as it is high", () => {
  assert.deepEqual(shadowOf([[0, 1], [1, 1], [1, 0], [5, 0]], 1, 1.5), [1, 2]);
  assert.deepEqual(shadowOf([[0, 1], [1, 1], [1, 0], [5, 0]], 0.5, 1.5), [1, 3]);
});

test("it ends where the ground rises to meet the ray", () => {
  assert.deepEqual(shadowOf([[0, 2], [0, 0], [2, 2]], 1, 0.5), [0, 1]);
  const [from, to] = shadowOf([[0, 1], [0.5, 0], [1.5, 0], [2.5, 1]], 0.25, 1);
  assert.deepEqual([from, Math.round(1000 * to)], [0, 2000]);
});

test("a gentle slope, a rising one and no ground at all lie in the sun", () => {
  assert.equal(shadowOf([[0, 1], [1, 0.5], [2, 0]], 1, 1), null);
  assert.equal(shadowOf([[0, 0], [1, 1]], 1, 0.5), null);
  assert.equal(shadowOf([], 1, 0), null);
});

test("of two shadows the one over the place, or none", () => {
  const steps = [[0, 3], [0, 2.5], [2, 2.5], [2, 0], [9, 0]];
  assert.deepEqual(shadowOf(steps, 1, 0.2), [0, 0.5]);
  assert.deepEqual(shadowOf(steps, 1, 3), [2, 4.5]);
  assert.equal(shadowOf(steps, 1, 1), null);
  assert.equal(shadowOf(steps, 1, 5), null);
});

test("a shadow that goes on beyond what is known ends on its level", () => {
  assert.deepEqual(shadowOf([[0, 1], [0.1, 0]], 0.5, 1), [0, 2]);
});

test("a column's profile is that of its lines that lie in the range, and of some places below the valley", () => {
  const lines = LOSSES.map((_, i) => [i === 0 ? -2 : -1 + i / 100]);
  const profile = profileOf(lines, 0, [-2, 0], (b) => 10 + b);
  assert.equal(profile.length, LOSSES.length - 1 + 4);
  assert.deepEqual(profile, [...profile].sort(([a], [b]) => a - b));
  const [[b, height]] = profile;
  assert.ok(Math.abs(b - (-1 + VALLEY / 100 - 0.2)) < 1e-12 && height === 10 + b);
  const off = LOSSES.map(() => [-2]);
  assert.deepEqual(profileOf(off, 0, [-2, 0], () => 0), []);
});
