// The worker itself, in Node: `self` is made of a port. Prints the types of what it posts, and how many updates were done.
import { MessageChannel } from "node:worker_threads";

const posted = [];
globalThis.MessageChannel = MessageChannel;
globalThis.self = {
  postMessage(message) {
    posted.push(structuredClone(message));
    setTimeout(() => self.onmessage({ data: { type: "seen" } }));
  },
};
await import(process.argv[2]);
const send = (data) => self.onmessage({ data });
send({ type: "start", setup: { m: 4, T: 5 } });
const begin = performance.now();
send({ type: "play" });
while (posted.length < 5 || performance.now() - begin < 200) await new Promise((done) => setTimeout(done, 20));
send({ type: "pause" });
const seconds = (performance.now() - begin) / 1000; // a busy machine needs longer
const updates = posted.at(-1).update;
await new Promise((done) => setTimeout(done, 50));
send({ type: "step" });
console.log(JSON.stringify({ types: posted.map(({ type }) => type), updates, after: posted.at(-1).update, seconds }));
process.exit(0); // the worker's own channel would keep the process
