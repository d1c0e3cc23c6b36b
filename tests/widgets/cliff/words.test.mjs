// What the clipping explorer says where a sweep over its settings (test_words.py) seldom or never comes, and its numbers.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { digits, leavesText, summary, verdict } = await import(
  pathToFileURL(join(process.env.RNN_FRONTEND, "cliff/words.js"))
);

const settings = { clip: 0.2, learning_rate: 0.4, updates: 100, paths: "both" };
const descent = (used, loss, leaves = null, shortened = used > 0.2 ? 3 : 0) => ({
  largest: used,
  used,
  shortened,
  loss,
  norm: 0.02,
  leaves,
  leaving: leaves && used,
});

test("verdict on both", () => {
  const says = (without, clipped, k = 29) => verdict({ without, clipped, k }, settings);
  assert.equal(
    says(descent(42.51, 0.09, 22), descent(50.8, 0.00057)),
    "Without clipping, a gradient of length 42.5 led off the map at update 22. " +
      "Clipped at c = 0.20, no step is longer than ηc = 0.08, and after 29 of 100 updates the descent is still on the map, at a loss of 0.00057.",
  );
  assert.match(says(descent(42.51, 0.09, 22), descent(50.8, 0.00057), 100), /and after 100 updates the descent is still/);
  assert.match(says(descent(5, 0.09, 7), descent(5, 0.09, 21)), /off the map at update 7\. Clipped.*left it too, at update 21; no step/);
  assert.match(says(descent(0.19, 0.01), descent(0.19, 0.01)), /^After 29 of 100 updates clipping at c = 0\.20 has not acted.*the same: they stayed on the map and are at a loss of 0\.01\.$/);
  assert.match(says(descent(0.19, 0.01, 4), descent(0.19, 0.01, 4)), /not acted.*they left the map at update 4 and are/);
  assert.match(says(descent(3, 0.02), descent(4, 0.01)), /stayed on the map\. Clipping shortened 3 of 29 gradients, the longest from 4 to c = 0\.20\. After .* lower loss: 0\.01 against 0\.02\.$/);
  assert.match(says(descent(3, 0.01), descent(3, 0.02)), /at the higher loss/);
  assert.match(says(descent(3, 1e-31), descent(3, 1e-32)), /both are at a loss below 10⁻¹²\.$/);
  assert.match(says(descent(3, 0.01), descent(0.2001, 0.01, null, 1)), /shortened 1 of 29 gradients, from just above c = 0\.20\. After 29 of 100 updates both are at a loss of 0\.01\.$/);
});

test("verdict on one", () => {
  const alone = (paths, one, k = 29) => verdict({ without: one, clipped: one, k }, { ...settings, paths });
  assert.equal(
    alone("unclipped", descent(42.51, 0.09, 22)),
    "Without clipping, a gradient of length 42.5 led off the map at update 22. After 29 of 100 updates it is at a loss of 0.09, with a gradient of length 0.02.",
  );
  assert.match(alone("unclipped", descent(3, 0.01)), /^Without clipping the descent stayed on the map\. .*; the longest that it used was a gradient of length 3\.$/);
  assert.match(alone("clipped", descent(3, 0.01)), /^Clipping shortened 3 of 29 gradients, .*; no step is longer than ηc = 0\.08\. After .* still on the map/);
  assert.match(alone("clipped", descent(3, 0.01, 9)), /The descent left the map at update 9; after 29 of 100 updates it is at a loss of 0\.01\.$/);
  assert.match(alone("clipped", descent(0.1, 0.01)), /has not acted: .* The descent stayed on the map and is at a loss of 0\.01\.$/);
});

test("nothing has moved", () => {
  const words = verdict({ without: descent(0, 0.0556), clipped: descent(0, 0.0556), k: 0 }, settings);
  assert.equal(words, "No update yet: the start has a loss of 0.0556 and a gradient of length 0.02.");
});

test("it is the clipped descent that leaves, which no setting was seen to do", () => {
  const words = verdict({ without: descent(3, 0.01), clipped: descent(3, 0.02, 9), k: 29 }, settings);
  assert.equal(words, "Here it is the clipped descent that left the map, at update 9; the one without clipping stayed.");
});

test("readout in words", () => {
  assert.equal(leavesText({ leaves: 3 }), "update 3");
  assert.equal(leavesText({ leaves: null }), "no");
  const measured = { without: descent(42.5, 0.09, 22), clipped: descent(50.8, 0.00057), k: 100 };
  assert.match(summary(measured, settings), /Without clipping: .* With clipping: longest gradient 50\.8, loss 0\.00057\.$/);
  assert.doesNotMatch(summary(measured, { ...settings, paths: "unclipped" }), /With clipping/);
  assert.doesNotMatch(summary(measured, { ...settings, paths: "clipped" }), /Without clipping/);
});

test("numbers", () => {
  const cases = [[1372.7, "1370"], [42.51, "42.5"], [0.09, "0.09"], [0.00056954, "0.00057"], [0.00056444, "0.000564"], [3.21e-7, "3.21 × 10⁻⁷"], [1.237e13, "1.24 × 10¹³"], [1e-31, "< 10⁻¹²"], [0, "< 10⁻¹²"]];
  for (const [value, text] of cases) assert.equal(digits(value), text);
});
