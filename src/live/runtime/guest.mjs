// One Python: CPython compiled to WebAssembly, its files in memory, and a channel of messages to it and from it.
// It is given nothing else: no network, no storage, no environment.
import { ConsoleStdout, Directory, Fd, File, OpenFile, PreopenDirectory, WASI, WASIProcExit } from "@bjorn3/browser_wasi_shim";

const BAD_FD = 8; // Python looks for folders it was given until it meets this error
const LIBRARY = "/usr/local/lib/python315.zip";
const CHANNEL = 6; // the first number after the three streams and the three folders
const encoder = new TextEncoder();

/** Cut a part into its files: the length of the index, the index {path: size}, then the files one after another. */
export function filesOf(bytes) {
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)));
  let place = start;
  return Object.entries(index).map(([path, size]) => [path, bytes.subarray(place, (place += size))]);
}

/** Make a folder in memory of [path, content] pairs. */
export function folder(files) {
  const top = new Map();
  for (const [path, content] of files) {
    const names = path.split("/");
    let place = top;
    for (const name of names.slice(0, -1)) {
      if (!place.has(name)) place.set(name, new Directory(new Map()));
      place = place.get(name).contents;
    }
    place.set(names.at(-1), new File(content));
  }
  return top;
}

/** A folder that Python may write to; without rights, Matplotlib looks for another one and says so. */
class Place extends PreopenDirectory {
  fd_fdstat_get() {
    const answer = super.fd_fdstat_get();
    answer.fdstat.fs_rights_base = answer.fdstat.fs_rights_inherited = ~0n;
    return answer;
  }
}

/** Lines of JSON from Python; commands to it, each after its length in ten digits. */
class Channel extends Fd {
  constructor(onMessage) {
    super();
    this.onMessage = onMessage;
    this.decoder = new TextDecoder();
    this.begun = "";
    this.waiting = new Uint8Array(0);
    this.closed = false;
    this.wake = null;
  }

  fd_prestat_get() {
    return { ret: BAD_FD, prestat: null };
  }

  fd_write(data) {
    const lines = (this.begun + this.decoder.decode(data, { stream: true })).split("\n");
    this.begun = lines.pop();
    for (const line of lines) this.onMessage(JSON.parse(line));
    return { ret: 0, nwritten: data.byteLength };
  }

  fd_read(size) {
    const data = this.waiting.subarray(0, size);
    this.waiting = this.waiting.subarray(data.length);
    return { ret: 0, data };
  }

  send(command) {
    const text = encoder.encode(JSON.stringify(command));
    const old = this.waiting;
    this.waiting = new Uint8Array(old.length + 10 + text.length);
    this.waiting.set(old);
    this.waiting.set(encoder.encode(String(text.length).padStart(10)), old.length);
    this.waiting.set(text, old.length + 10);
    this.wake?.();
  }

  close() {
    this.closed = true;
    this.wake?.();
  }
}

/**
 * Answer Python's wish to sleep; returns for how many milliseconds. Not the shim's answer: version 0.4.2 reads the flag
 * "until" beside its place and takes every time of day for a length.
 */
function sleepOf(memory, subscription, event, count) {
  const view = new DataView(memory.buffer);
  const [clock, until] = [view.getUint32(subscription + 16, true), view.getUint16(subscription + 40, true) & 1];
  const time = Number(view.getBigUint64(subscription + 24, true)) / 1e6;
  view.setBigUint64(event, view.getBigUint64(subscription, true), true);
  view.setBigUint64(event + 8, 0n, true); // no error, and the kind that it is: a clock
  view.setUint32(count, 1, true);
  return time - (until ? (clock === 0 ? Date.now() : performance.now()) : 0);
}

/** Whether a Python can wait for its next command, so that a session lasts. */
export const canWait = () => typeof WebAssembly.Suspending === "function" && typeof WebAssembly.promising === "function";

/**
 * Prepare one Python.
 *
 * `parts` holds `library`, the bytes of the zip of the standard library, and the pairs [path, content] of `figures`,
 * Matplotlib's data, and of `book`. `send` gives it a command, `close` says that no more will come, `start` runs it
 * until then and resolves to its exit code. Without `lasts` all commands must be there at the start.
 */
export function guest({ module, parts, program, onMessage, lasts }) {
  const channel = new Channel(onMessage);
  const stream = (name) => ConsoleStdout.lineBuffered((line) => onMessage({ kind: "stream", name, text: `${line}\n` }));
  const book = folder(parts.book);
  const fds = [
    new OpenFile(new File([])),
    stream("stdout"),
    stream("stderr"),
    new Place(
      "/",
      new Map([
        ["usr", new Directory(folder([["local/lib/python315.zip", parts.library]]))],
        ["tmp", new Directory(new Map())],
      ]),
    ),
    new Place(`${LIBRARY}/matplotlib/mpl-data`, folder(parts.figures)),
    new Place("/book", book),
    channel,
  ];
  const environment = [
    `LIVE_CHANNEL=${CHANNEL}`,
    "HOME=/tmp",
    "TMPDIR=/tmp",
    "PYTHONUTF8=1",
    "MPLBACKEND=module://live_figures",
    "MPLCONFIGDIR=/book/settings",
  ];
  const wasi = new WASI(["/usr/local/bin/python.wasm", "-c", program], environment, fds, { debug: false });
  const system = { ...wasi.wasiImport };
  const read = system.fd_read;
  system.poll_oneoff = (subscription, event, _, count) => {
    const end = performance.now() + sleepOf(wasi.inst.exports.memory, subscription, event, count);
    while (performance.now() < end); // nothing else is to be done in this worker
    return 0;
  };
  if (lasts) {
    system.fd_read = new WebAssembly.Suspending((fd, ...rest) => {
      if (fd !== CHANNEL || channel.waiting.length || channel.closed) return read(fd, ...rest);
      return new Promise((resolve) => {
        channel.wake = () => resolve(read(fd, ...rest));
      });
    });
    system.poll_oneoff = new WebAssembly.Suspending((subscription, event, _, count) => {
      const length = sleepOf(wasi.inst.exports.memory, subscription, event, count);
      return new Promise((resolve) => setTimeout(() => resolve(0), length));
    });
  }
  return {
    send: (command) => channel.send(command),
    close: () => channel.close(),
    book,
    async start() {
      const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: system, host: { call: () => -1 } });
      wasi.inst = instance;
      const enter = (name) => (lasts ? WebAssembly.promising(instance.exports[name]) : instance.exports[name])();
      try {
        await enter("_initialize");
        return await enter("run");
      } catch (error) {
        if (error instanceof WASIProcExit) return error.code;
        throw error;
      }
    },
  };
}
