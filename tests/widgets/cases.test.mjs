// An explorer's model against cases that rnn_core has just computed. test_models.py starts this file; it names the
// cases in RNN_VECTORS, the explorer in RNN_EXPLORER and the directory of the modules under test in RNN_FRONTEND.
//
// A case is { carried, settings, expected }: `measure` must give each number of `expected`, or nearly; a case may have
// a `tolerance` of its own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { RNN_EXPLORER: explorer, RNN_FRONTEND: modules, RNN_VECTORS: vectors } = process.env;
const { measure } = await import(pathToFileURL(join(modules, explorer, "model.js")));
const cases = JSON.parse(readFileSync(vectors, "utf8"));
const TOLERANCE = 1e-10;

function assertClose(actual, expected, tolerance, what) {
  if (Array.isArray(expected)) {
    assert.equal(actual.length, expected.length, `${what}: length`);
    expected.forEach((value, i) => assertClose(actual[i], value, tolerance, `${what}[${i}]`));
  } else if (expected !== null && typeof expected === "object") {
    for (const [name, value] of Object.entries(expected)) assertClose(actual[name], value, tolerance, `${what}.${name}`);
  } else if (typeof expected === "number") {
    const scale = Math.max(1, Math.abs(expected));
    assert.ok(Math.abs(actual - expected) <= tolerance * scale, `${what}: expected ${expected}, got ${actual}`);
  } else {
    assert.equal(actual, expected, what);
  }
}

test("there are enough cases", () => {
  assert.ok(cases.length >= 100, `${cases.length}`);
  for (const { expected } of cases) assert.ok(Object.keys(expected).length > 0);
});

test("the explorer's numbers are those of rnn_core", () => {
  cases.forEach(({ carried = {}, settings, expected, tolerance = TOLERANCE }, i) => {
    const measured = measure((name) => carried[name], settings);
    assertClose(measured, expected, tolerance, `case ${i} (${JSON.stringify(settings).slice(0, 200)})`);
  });
});
