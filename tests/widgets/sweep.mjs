// Runs an explorer's program over many settings, for test_words.py.
//
//   sweep.mjs measure <explorer> <folder>   settings.json -> measured.json, what the words are about
//   sweep.mjs say <explorer> <folder>       both of them  -> said.json, all that the explorer says
//
// The modules are those of the directory that RNN_FRONTEND names. A setting with a `guess` also asks for what is said
// of it. An explorer whose program is called otherwise says so in a sweep.mjs of its own.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [task, explorer, folder] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(process.env.RNN_FRONTEND, explorer, `${name}.js`)));

const usual = {
  measure: (model, carried, settings) => model.measure((name) => carried[name], settings),
  say: (words, measured, settings, tasks) => ({
    verdict: words.verdict(measured, settings),
    summary: words.summary(measured, settings),
    tasks: tasks.map((task) => (task.solved(measured, settings) ? task.why(measured, settings) : null)),
    gap: "guess" in settings ? words.gap(settings.guess, measured, settings) : null,
  }),
};
const own = new URL(`./${explorer}/sweep.mjs`, import.meta.url);
const { measure, say } = existsSync(own) ? { ...usual, ...(await import(own)) } : usual;

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
  const tasks = say === usual.say ? (await load("tasks")).TASKS : [];
  write("said", read("measured").map((measured, i) => say(words, measured, settings[i], tasks)));
}
