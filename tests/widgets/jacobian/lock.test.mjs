// The point in the plane, free and with its product kept.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { MAX, place, set } = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "jacobian/lock.js")));

test("free, it goes by hundredths and stays in the plane", () => {
  const point = { gamma: 1, rho: 0.9 };
  assert.deepEqual(set(point, "gamma", 1.2345, false), { gamma: 1.23, rho: 0.9 });
  assert.deepEqual(set(point, "rho", -1, false), { gamma: 1, rho: 0 });
  assert.deepEqual(place(point, 3, 0.456, false), { gamma: 2, rho: 0.46 });
});

test("kept, the product is the same after a thousand moves", () => {
  for (const first of [{ gamma: 1, rho: 1.2 }, { gamma: 2, rho: 2 }, { gamma: 0.01, rho: 0.01 }, { gamma: 0.37, rho: 1.93 }, { gamma: 0.5, rho: 2 }]) {
    const product = first.gamma * first.rho;
    let point = first;
    for (let i = 0; i < 1000; i++) {
      const value = (i * 0.618) % 2.2;
      if (i % 3 === 0) point = place(point, value, (value * 7) % 2, true);
      else point = set(point, i % 3 === 1 ? "gamma" : "rho", value, true);
      assert.ok(Math.abs(point.gamma * point.rho - product) < 1e-12, `${JSON.stringify(point)} after ${i}`);
      for (const part of [point.gamma, point.rho]) assert.ok(part >= 0 && part <= MAX);
    }
    assert.equal(set(first, "gamma", 1.5, true).gamma, Math.max(1.5, product / MAX));
  }
});

test("kept at 0, it stays on its axis", () => {
  assert.deepEqual(set({ gamma: 0, rho: 1 }, "gamma", 1, true), { gamma: 0, rho: 1 });
  assert.deepEqual(set({ gamma: 0, rho: 1 }, "rho", 0.5, true), { gamma: 0, rho: 0.5 });
  assert.deepEqual(place({ gamma: 1, rho: 0 }, 0.5, 1, true), { gamma: 0.5, rho: 0 });
  assert.deepEqual(set({ gamma: 0, rho: 0 }, "gamma", 1, true), { gamma: 1, rho: 0 });
});
