// Runs an explorer's program over many settings, for test_words.py.
//
//   sweep.mjs measure <explorer> <folder>   settings.json -> measured.json, what the words are about
//   sweep.mjs say <explorer> <folder>       both of them  -> said.json, all that the explorer says
//
// The modules are those of the directory that RNN_FRONTEND names. How an explorer's program is called stands in
// its own sweep.mjs: `measure(model, carried, settings)` and `say(words, measured, settings)`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [task, explorer, folder] = process.argv.slice(2);
const { measure, say } = await import(`./${explorer}/sweep.mjs`);
const load = (name) => import(pathToFileURL(join(process.env.RNN_FRONTEND, explorer, `${name}.js`)));

const INFINITE = "-inf"; // JSON has no −∞
const write = (name, value) =>
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(value, (_, part) => (part === -Infinity ? INFINITE : part)));
const read = (name) =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"), (_, part) => (part === INFINITE ? -Infinity : part));

const { carried, settings } = read("settings");
if (task === "measure") {
  const model = await load("model");
  write("measured", settings.map((each) => measure(model, carried, each)));
} else {
  const words = await load("words");
  write("said", read("measured").map((measured, i) => say(words, measured, settings[i])));
}
