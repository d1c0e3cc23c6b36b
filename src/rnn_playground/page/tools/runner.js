// A whole run in a worker of its own. No DOM.
import { createHistory } from "../history.js";

/**
 * Run a set-up to so many updates; a promise of { state, history }: the last state, with its detail, and the record. It rejects with
 * the engine's sentence. `onState(state, history)` is told on the way. What is closed in between gives nothing.
 */
export function runTo(client, { setup, text, updates, onState = () => {} }) {
  const history = createHistory();
  return new Promise((resolve, reject) => {
    const ends = [
      client.on("state", (state) => {
        history.take(state.records, state.steps);
        onState(state, history);
        if (!state.playing && (state.update >= updates || state.diverged)) done(resolve, { state, history });
      }),
      client.on("error", ({ message }) => done(reject, new Error(message))),
    ];
    function done(settle, value) {
      for (const end of ends) end();
      settle(value);
    }
    client.send({ type: "start", setup, text });
    client.send({ type: "play", until: updates });
  });
}
