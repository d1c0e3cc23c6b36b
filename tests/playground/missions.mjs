// Asks the missions, or broken copies of them.
//
//   missions.mjs <asked.json> <answers.json> <folder of the page> …
//
// asked.json is a list of { do, … }, named below; for each folder the answers are a list in the same order.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [asked, answers, ...folders] = process.argv.slice(2);

function askers({ missions: { MISSIONS, progress }, lately: { lately, reached }, figures: { FIGURES }, setup: { readSetup }, run: { Run } }) {
  const of = (name) => MISSIONS.find((one) => one.name === name);
  // A number for every point, or one for all.
  const spread = (value, count) => (Array.isArray(value) ? value : Array(count).fill(value));

  return {
    list: () => MISSIONS.map(({ progress: _, ...rest }) => rest),
    figures: () => FIGURES,
    lately: ({ update, accuracy, batch, since }) => lately({ update, accuracy }, batch, since),
    reached: ({ update, accuracy, batch, enough, since }) => reached({ update, accuracy }, batch, enough, since),
    /** Runs that are made up, one after the other: set-ups with records of so many updates. */
    made({ mission, runs }) {
      let kept;
      let last;
      for (const { setup, updates = 700, accuracy = 1, diverged = null, changed = [], detail = null } of runs) {
        const history = { update: Array.from({ length: updates }, (_, i) => i + 1), accuracy: spread(accuracy, updates) };
        const numbers = detail && { ...detail, layers: detail.layers.map(({ log_norms: norms, log_bound: bound }) => ({ log_norms: norms.map(Number), log_bound: bound.map(Number) })) };
        const run = { setup: readSetup(setup), state: { update: updates, diverged }, detail: numbers, history, changed };
        last = progress(of(mission), run, kept);
        kept = last.keep ?? kept;
      }
      return { ...last, kept: kept ?? null };
    },
    /** Set-ups that are trained, one after the other, each until the mission has seen enough of it. */
    trained({ mission, runs, updates }) {
      let kept;
      let last;
      const made = [];
      runs.forEach((fields, i) => {
        const run = new Run(fields);
        const history = { update: [], accuracy: [] };
        const look = () => {
          const state = run.state({ detail: true });
          last = progress(of(mission), { setup: run.setup, state, detail: state.detail, history, changed: [] }, kept);
          kept = last.keep ?? kept;
        };
        look();
        while (!last.solved && !last.keep && run.update < updates[i]) {
          if (run.step() > 0) {
            history.update.push(run.update);
            history.accuracy.push(run.history.at(run.update - 1).accuracy);
          }
          if (run.diverged || run.update % 10 === 0) look();
          if (run.diverged) break;
        }
        made.push(run.update);
      });
      return { ...last, made };
    },
  };
}

const NAMES = { missions: "page/missions.js", lately: "page/lately.js", figures: "page/figures.js", setup: "engine/setup.js", run: "engine/run.js" };
const cases = JSON.parse(readFileSync(asked, "utf8"));
const found = [];
for (const folder of folders) {
  const modules = {};
  for (const [name, file] of Object.entries(NAMES)) modules[name] = await import(pathToFileURL(join(folder, file)));
  const asker = askers(modules);
  found.push(cases.map((one) => {
    try {
      return asker[one.do](one) ?? null;
    } catch (error) {
      return { error: String(error) };
    }
  }));
}
writeFileSync(answers, JSON.stringify(found));
