// A short Python program that repeats a run.
import { USUAL } from "./setup.js";

export const LONGEST = 2000; // characters of a text that stands in the program

// JSON's escapes are Python's.
const literal = (value) => (typeof value === "string" ? JSON.stringify(value) : Number.isInteger(value) ? String(value) : String(value).replace(/e\+?/, "e"));
const fields = (values) => Object.entries(values).map(([name, value]) => `${name}=${literal(value)}`).join(", ");

/** So many updates with a set-up; `on`: they go on from others. */
function training(setup, updates, given, on) {
  const rate = setup.rate === 0 ? "1e-300,  # for 0, which train refuses: nothing moves" : `${literal(setup.rate)},`;
  return [
    "params, history = train(",
    "    params,",
    `    batches(${["setup", updates, ...given.slice(1), ...(on ? ["rng=rng"] : [])].join(", ")}),`,
    `    learning_rate=${rate}`,
    `    clip=${setup.clip > 0 ? literal(setup.clip) : "None"},`,
    `    optimizer="${setup.optimizer}",`,
    `    gradient=gradient_of(${given.join(", ")}),`,
    ...(on ? ["    history=history,"] : []),
    ")",
  ];
}

/** What was done, in order, with the updates before each: [{ updates, event }], the last without an event. */
function inOrder(events, updates) {
  let done = 0;
  const parts = events.map((event) => {
    const part = { updates: event.update - done, event };
    done = event.update;
    return part;
  });
  return [...parts, { updates: updates - done, event: null }];
}

/** The program for the set-up that a run began with, its text, so many updates, and what was done to it in its course. */
export function program(begun, { updates = 1000, text = "", events = [] } = {}) {
  const ofText = begun.task === "text";
  const short = text.length <= LONGEST;
  const given = ofText ? ["setup", "text"] : ["setup"];
  const parts = inOrder(events, updates);
  const names = ["Setup", "batches", "gradient_of", "start"];
  if (events.length) names.push("Generator");
  if (events.some(({ zero }) => zero)) names.push("silenced");
  const different = Object.keys(USUAL).filter((name) => begun[name] !== USUAL[name]);
  const lines = [
    '"""Repeats a run of the playground. Needs the package of the book, rnn-book."""',
    ...(events.some(({ change }) => change) ? ["from dataclasses import replace"] : []),
    ...(ofText && !short ? ["from pathlib import Path"] : []),
    "from rnn_core import train",
    `from rnn_playground import ${names.sort().join(", ")}`,
    "",
    `setup = Setup(${fields(Object.fromEntries(different.map((name) => [name, begun[name]])))})`,
  ];
  if (ofText) lines.push(short ? `text = ${literal(text)}` : 'text = Path("text.txt").read_bytes().decode()  # the text of the run');
  lines.push(`params = start(${given.join(", ")})`);
  if (events.length) lines.push("history = None", "rng = Generator(setup.seed, 1)  # draws the batches");
  let setup = begun;
  for (const { updates: count, event } of parts) {
    if (count > 0) lines.push(...training(setup, count, given, events.length > 0));
    if (event?.change) {
      setup = { ...setup, ...event.change };
      lines.push(`setup = replace(setup, ${fields(event.change)})`);
    } else if (event) lines.push(`params, history = silenced(setup, params, history, ${fields(event.zero)})`);
  }
  lines.push("print(history.loss[-1])");
  return `${lines.join("\n")}\n`;
}
