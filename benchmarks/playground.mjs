// Times the playground's engine for playground.py. Reads a size from each line of its input, times one block of gradients, and
// answers with a line: microseconds per gradient.
import { createInterface } from "node:readline";
import { createBatch } from "../src/rnn_playground/engine/batch.js";
import { Network } from "../src/rnn_playground/engine/network.js";

const prepared = new Map();

function prepare(size) {
  const { cell, T, n, m, k, B, codes, targets, theta } = size;
  const network = new Network({ cell, n, m, k, layers: 1 });
  network.theta.set(theta);
  const batch = createBatch(n, false);
  batch.shape(T, B);
  batch.codes.set(codes);
  batch.targets.set(targets);
  return { network, batch };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { name, size, seconds, gradient } = JSON.parse(line);
  if (size) prepared.set(name, prepare(size));
  const { network, batch } = prepared.get(name);
  if (gradient) {
    const loss = network.lossAndGradient(batch);
    console.log(JSON.stringify({ loss, gradient: Array.from(network.gradient) }));
    continue;
  }
  const times = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const begin = performance.now();
    for (let i = 0; i < 10; i++) network.lossAndGradient(batch);
    times.push((performance.now() - begin) * 100);
  }
  times.sort((a, b) => a - b);
  console.log(JSON.stringify(times[times.length >> 1]));
}
