// The engine as a web worker: see session.js for the messages.
import { createSession } from "./session.js";

const channel = new MessageChannel(); // calls back without the 4 ms that a nested timer waits
let waiting = null;
channel.port1.onmessage = () => waiting();

const receive = createSession({
  post: (message) => self.postMessage(message),
  now: () => performance.now(),
  later(call) {
    waiting = call;
    channel.port2.postMessage(null);
  },
});
self.onmessage = ({ data }) => receive(data);
