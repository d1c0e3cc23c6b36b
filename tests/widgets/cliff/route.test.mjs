// Paths cut off at the map's edge. Started by test_cliff_model.py.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { insidePart, route } = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "cliff/route.js")));
const size = [30, 20];

test("the inside part of a segment", () => {
  assert.deepEqual(insidePart([3, 4], [8, 9], size), [[3, 4], [8, 9]]);
  assert.deepEqual(insidePart([10, 10], [50, 10], size), [[10, 10], [30, 10]]);
  assert.deepEqual(insidePart([10, 10], [10, -30], size), [[10, 10], [10, 0]]);
  assert.deepEqual(insidePart([-10, 5], [10, 15], size), [[0, 10], [10, 15]]);
  assert.deepEqual(insidePart([-30, 5], [60, 5], size), [[0, 5], [30, 5]]);
  assert.deepEqual(insidePart([15, -10], [45, 20], size), [[25, 0], [30, 5]]);
  assert.equal(insidePart([-10, 15], [10, 35], size), null);
  assert.equal(insidePart([31, 2], [31, 8], size), null);
  assert.equal(insidePart([40, 2], [50, 8], size), null);
  assert.deepEqual(insidePart([30, 0], [30, 0], size), [[30, 0], [30, 0]]);
  assert.equal(insidePart([12, 21], [12, 21], size), null);
});

test("the route of a path that leaves and comes back", () => {
  const { line, dots } = route([[5, 5], [10, 5], [40, 5], [40, 10], [20, 10]], size);
  assert.equal(line, "M5.0,5.0L10.0,5.0L30.0,5.0M30.0,10.0L20.0,10.0");
  assert.equal(dots, "M5.0,5.0h0M10.0,5.0h0M20.0,10.0h0");
});
