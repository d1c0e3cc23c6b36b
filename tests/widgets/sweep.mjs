// Runs an explorer's program over many settings, for test_words.py.
//
//   sweep.mjs measure <explorer> <folder>   settings.json -> measured.json, what the words are about
//   sweep.mjs say <explorer> <folder>       both of them  -> said.json, all that the explorer says
//
// The modules are those of the directory that RNN_FRONTEND names.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [task, explorer, folder] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(process.env.RNN_FRONTEND, `${explorer}_${name}.js`)));
const read = (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
const write = (name, value) => writeFileSync(join(folder, `${name}.json`), JSON.stringify(value));

const INFINITE = "-inf"; // JSON has no −∞
const withoutPath = ({ path, ...rest }) => rest;
const PREPARE = {
  jacobian: (measured) => ({ ...measured, logNorms: measured.logNorms.map((value) => (value === -Infinity ? INFINITE : value)) }),
  cliff: ({ without, clipped }) => ({ without: withoutPath(without), clipped: withoutPath(clipped) }),
  hawkes: ({ proposed, expected, observed, truth, model, ...rest }) => ({
    ...rest,
    truth: { logLikelihood: truth.logLikelihood },
    model: { logLikelihood: model.logLikelihood, sumLog: model.sumLog, atEnd: model.atEnd },
  }),
};
const RESTORE = {
  jacobian: (measured) => ({ ...measured, logNorms: measured.logNorms.map((value) => (value === INFINITE ? -Infinity : value)) }),
  cliff: (measured) => measured,
  hawkes: (measured) => measured,
};

const { carried, settings } = read("settings");
if (task === "measure") {
  const { measure } = await load("model");
  const run = explorer === "cliff" ? (each) => measure(each, carried) : (each) => measure(carried, each);
  write("measured", settings.map((each) => PREPARE[explorer](run(each))));
} else {
  const words = await load("words");
  const also = {
    jacobian: (m) => ({ lag: words.lagText(m), radius: words.radiusLabel(m), allowed: words.allowed(m.bound) }),
    cliff: (m) => ({ leaves: [words.leavesText(m.without), words.leavesText(m.clipped)] }),
    hawkes: (m, s) => ({ readout: words.readout(m, s), rejected: words.rejected(m) }),
  }[explorer];
  const measured = read("measured").map(RESTORE[explorer]);
  write("said", measured.map((m, i) => ({ verdict: words.verdict(m, settings[i]), summary: words.summary(m, settings[i]), ...also(m, settings[i]) })));
}
