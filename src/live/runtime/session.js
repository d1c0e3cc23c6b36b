// Python for a page, behind three words: `boot` loads it, `run` gives it a command, `stop` ends what it does.
// Another runtime can stand here if it keeps them and sends the same messages.
import { canWait } from "./guest.mjs";
import { loadAll, Trouble } from "./files.js";

export { Trouble };

const ENDED = "Python has come to its end";

class Session {
  /** `lasts` says whether one Python goes through all commands; else each run begins anew with those before it. */
  constructor(workerAddress, loaded) {
    this.lasts = canWait();
    this.workerAddress = workerAddress;
    this.loaded = loaded;
    this.history = [];
    this.worker = null;
    this.task = null;
    this.state = 0; // which Python this is: what an earlier one computed is gone
    this.over = null; // why it ended, if it did so while nothing ran
    if (this.lasts) this.start([]);
  }

  start(commands) {
    this.worker = new Worker(this.workerAddress);
    const { worker } = this;
    this.hear = null;
    this.over = null;
    const hear = (message) => {
      if (worker !== this.worker) return;
      if (this.hear) this.hear(message);
      else if (message.kind === "ended") this.over = message;
    };
    worker.onmessage = ({ data }) => hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      hear({ kind: "ended", code: null, reason: event.message ?? "its worker did not start" });
    };
    worker.postMessage({ ...this.loaded, lasts: this.lasts, commands });
  }

  /** Run one command; resolves to {failed, seconds}, or to {ended} with a sentence if Python is no more. */
  run(command, onMessage) {
    if (this.task) throw new Error("a command is running");
    return new Promise((resolve) => {
      this.task = { resolve };
      let skipped = 0;
      if (!this.lasts) {
        skipped = this.history.length;
        this.start([...this.history, command]);
      }
      this.hear = (message) => {
        if (message.kind === "ended") this.end(`${ENDED}${reasonOf(message)}.`);
        else if (message.kind === "done" && skipped > 0) skipped -= 1;
        else if (message.kind === "done") {
          this.history.push(command);
          if (!this.lasts) this.worker.terminate();
          this.finish({ failed: message.failed, seconds: message.seconds });
        } else if (skipped === 0 && message.kind !== "ready") onMessage(message);
      };
      if (this.over) this.hear(this.over);
      else if (this.lasts) this.worker.postMessage({ command });
    });
  }

  finish(result) {
    const { task } = this;
    this.task = null;
    task?.resolve(result);
  }

  /** End Python at once, whatever it does, and start another one. What was computed is lost. */
  end(sentence) {
    this.worker?.terminate();
    this.history = [];
    this.state += 1;
    if (this.lasts) this.start([]);
    this.finish({ failed: true, ended: sentence });
  }

  stop() {
    this.end("Stopped.");
  }
}

function reasonOf({ code, reason = "" }) {
  if (/stack/i.test(reason)) return ": a function called itself too often";
  if (/memory|allocat/i.test(reason)) return ": there was no more memory";
  return code === null ? ` (${reason})` : `, with the exit code ${code}`;
}

/** Load what is needed and start a session. */
export async function boot({ parts, worker, base, onProgress }) {
  return new Session(new URL(worker, base), await loadAll(parts, base, onProgress));
}
