// What the clipping explorer says where a sweep over its settings (test_words.py) seldom or never comes, and its numbers.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { digits, leavesText, summary, verdict } = await import(
  pathToFileURL(join(process.env.RNN_FRONTEND, "cliff/words.js"))
);

const settings = { clip: 0.2, learning_rate: 0.4, updates: 29 };
const descent = (used, loss, leaves = null, shortened = used > 0.2 ? 3 : 0) => ({
  largest: used,
  used,
  shortened,
  loss,
  leaves,
  leaving: leaves && used,
});

test("verdict", () => {
  const says = (without, clipped) => verdict({ without, clipped }, settings);
  assert.equal(
    says(descent(42.51, 0.09, 22), descent(50.8, 0.00057)),
    "Without clipping, a gradient of length 42.5 leads off the map at update 22. " +
      "Clipped at c = 0.20, no step is longer than ηc = 0.08, and the descent stays for 29 updates: it ends at a loss of 0.00057.",
  );
  assert.match(says(descent(5, 0.09, 7), descent(5, 0.09, 21)), /off the map at update 7\. Clipped.*leaves it too, at update 21; no step/);
  assert.match(says(descent(0.19, 0.01), descent(0.19, 0.01)), /never acts.*the same: they stay on the map and end at a loss of 0\.01\.$/);
  assert.match(says(descent(0.19, 0.01, 4), descent(0.19, 0.01, 4)), /never acts.*they leave the map at update 4 and end/);
  assert.match(says(descent(3, 0.02), descent(4, 0.01)), /stay on the map\. Clipping shortens 3 of 29 gradients, the longest from 4 to c = 0\.20\. With it .* lower loss: 0\.01 against 0\.02\.$/);
  assert.match(says(descent(3, 0.01), descent(3, 0.02)), /at a higher loss/);
  assert.match(says(descent(3, 1e-31), descent(3, 1e-32)), /Both end at a loss below 10⁻¹²\.$/);
  assert.match(says(descent(3, 0.01), descent(0.2001, 0.01, null, 1)), /shortens 1 of 29 gradients, from just above c = 0\.20\. Both end at a loss of 0\.01\.$/);
});

test("it is the clipped descent that leaves, which no setting was seen to do", () => {
  const words = verdict({ without: descent(3, 0.01), clipped: descent(3, 0.02, 9) }, settings);
  assert.equal(words, "Here it is the clipped descent that leaves the map, at update 9; the one without clipping stays.");
});

test("readout in words", () => {
  assert.equal(leavesText({ leaves: 3 }), "update 3");
  assert.equal(leavesText({ leaves: null }), "never");
  const words = summary({ without: descent(42.5, 0.09, 22), clipped: descent(50.8, 0.00057) }, settings);
  assert.match(words, /With clipping: longest gradient 50\.8, loss at the end 0\.00057\.$/);
});

test("numbers", () => {
  const cases = [[1372.7, "1370"], [42.51, "42.5"], [0.09, "0.09"], [0.00056954, "0.00057"], [0.00056444, "0.000564"], [3.21e-7, "3.21 × 10⁻⁷"], [1.237e13, "1.24 × 10¹³"], [1e-31, "< 10⁻¹²"], [0, "< 10⁻¹²"]];
  for (const [value, text] of cases) assert.equal(digits(value), text);
});
