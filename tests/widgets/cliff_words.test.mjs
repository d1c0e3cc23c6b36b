// What the clipping explorer says: the sentence must follow from the numbers. Started by test_cliff_model.py.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { digits, leavesText, summary, verdict } = await import(
  pathToFileURL(join(process.env.RNN_FRONTEND, "cliff_words.js"))
);

const settings = { clip: 0.2, learning_rate: 0.4 };
const descent = (largest, loss, leaves = null) => ({
  largest,
  loss,
  leaves,
  path: Array.from({ length: 30 }, (_, i) => ({ norm: i === leaves - 1 ? largest : 0.1 })),
});

test("verdict", () => {
  const says = (without, clipped) => verdict({ without, clipped }, settings);
  assert.equal(
    says(descent(42.51, 0.09, 22), descent(50.8, 0.00057)),
    "Without clipping, a gradient of length 42.5 leads off the map at update 22. " +
      "Clipped at c = 0.20, no step is longer than ηc = 0.08: the descent stays, and ends at a loss of 0.00057.",
  );
  assert.match(says(descent(5, 0.09, 7), descent(5, 0.09, 21)), /off the map at update 7\. Clipped.*leaves it too, at update 21/);
  assert.match(says(descent(0.19, 0.01), descent(0.19, 0.01)), /^No gradient is longer than c = 0.20: clipping changes nothing.*0\.01\.$/);
  assert.match(says(descent(3, 0.02), descent(3, 0.01)), /Both descents stay.*up to 3 to c = 0\.20, and here ends at a lower loss/);
  assert.match(says(descent(3, 0.01), descent(3, 0.02)), /ends at a higher loss/);
  assert.match(says(descent(3, 0.01), descent(3, 0.02, 9)), /it is the clipped descent that leaves the map, at update 9/);
});

test("readout in words", () => {
  assert.equal(leavesText({ leaves: 0 }), "update 0");
  assert.equal(leavesText({ leaves: null }), "never");
  const words = summary({ without: descent(42.5, 0.09, 22), clipped: descent(50.8, 0.00057) }, settings);
  assert.match(words, /With clipping: longest gradient 50\.8, loss at the end 0\.00057\.$/);
});

test("numbers", () => {
  const cases = [[1372.7, "1370"], [42.51, "42.5"], [0.09, "0.09"], [0.00056954, "0.00057"], [0.00056444, "0.000564"], [3.21e-7, "3.21 × 10⁻⁷"], [1e-31, "< 10⁻¹²"], [0, "< 10⁻¹²"]];
  for (const [value, text] of cases) assert.equal(digits(value), text);
});
