// A short Python program that repeats a run.
import { USUAL } from "./setup.js";

export const LONGEST = 2000; // characters of a text that stands in the program

// JSON's escapes are Python's, but for the two halves of a character beyond U+FFFF; those are written as they are.
const literal = (text) => JSON.stringify(text);
const number = (value) => (Number.isInteger(value) ? String(value) : String(value).replace(/e\+?/, "e"));

/** The program for a set-up, its text and so many updates; `events` are what was done in the course of the run. */
export function program(setup, { updates = 1000, text = "", events = [] } = {}) {
  const different = Object.keys(USUAL).filter((name) => setup[name] !== USUAL[name]);
  const fields = different.map((name) => `${name}=${typeof setup[name] === "string" ? literal(setup[name]) : number(setup[name])}`);
  const short = text.length <= LONGEST;
  const ofText = setup.task === "text";
  const lines = [
    '"""Repeats a run of the playground. Needs the package of the book, rnn-book."""',
    ...(ofText && !short ? ["from pathlib import Path", ""] : []),
    "from rnn_core import train",
    "from rnn_playground import Setup, batches, gradient_of, start",
    "",
    `setup = Setup(${fields.join(", ")})`,
  ];
  if (ofText) lines.push(short ? `text = ${literal(text)}` : 'text = Path("text.txt").read_bytes().decode()  # the text of the run');
  const given = ofText ? "setup, text" : "setup";
  const drawn = `batches(setup, ${updates}${ofText ? ", text" : ""})`;
  if (events.length) lines.push("# In the page the run was changed in its course; this is the run without those changes:", ...events.map((event) => `# ${JSON.stringify(event)}`));
  lines.push(`params = start(${given})`, `gradient = gradient_of(${given})`);
  if (setup.rate === 0) {
    lines.push(`losses = [gradient(params, batch)[0] for batch in ${drawn}]  # rate 0: nothing moves`, "print(losses[-1])");
  } else {
    lines.push(
      "params, history = train(",
      "    params,",
      `    ${drawn},`,
      `    learning_rate=${number(setup.rate)},`,
      `    clip=${setup.clip > 0 ? number(setup.clip) : "None"},`,
      `    optimizer="${setup.optimizer}",`,
      "    gradient=gradient,",
      ")",
      "print(history.loss[-1])",
    );
  }
  return `${lines.join("\n")}\n`;
}
