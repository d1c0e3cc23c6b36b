// Words on the map that never stand on one another. Started by test_cliff_model.py.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { boxOf, createSpace } = await import(pathToFileURL(join(process.env.RNN_FRONTEND, "cliff/labels.js")));

test("a text's box lies where its anchor says", () => {
  const [start, middle, end] = ["start", "middle", "end"].map((anchor) => boxOf("four", 100, 50, { anchor, size: 10 }));
  assert.deepEqual([start.left, end.right, (middle.left + middle.right) / 2], [100, 100, 100]);
  assert.ok(start.right - start.left > 20 && start.top === 40 && start.bottom > 50);
});

test("what is taken is taken, all of it or nothing", () => {
  const space = createSpace();
  const at = (left) => ({ left, right: left + 10, top: 0, bottom: 10 });
  assert.ok(space.take(at(0)));
  assert.ok(!space.take(at(5)));
  assert.ok(space.take(at(10)), "side by side is no meeting");
  assert.ok(!space.take(at(40), at(15)));
  assert.ok(space.take(at(40), at(45)), "its own boxes may meet, and the failed attempt took nothing");
  space.mark(at(70));
  assert.ok(!space.take(at(65)));
});
