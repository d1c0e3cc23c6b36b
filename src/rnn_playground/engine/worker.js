// The engine as a web worker: see session.js for the messages.
import { createSession } from "./session.js";

// A channel calls back without the 4 ms that a nested timer waits; a timer now and then lets everything else have its turn.
const TURNS = 8;
const channel = new MessageChannel();
let waiting = null;
let turn = 0;
channel.port1.onmessage = () => waiting();

const receive = createSession({
  post: (message) => self.postMessage(message),
  now: () => performance.now(),
  later(call) {
    turn = (turn + 1) % TURNS;
    waiting = call;
    if (turn === 0) setTimeout(call, 0);
    else channel.port2.postMessage(null);
  },
});
self.onmessage = ({ data }) => receive(data);
