// The run is kept every few seconds, and after each pause: a reload goes on where it was.
import { toFragment } from "./address.js";
import { keepRun, keptRuns, tabName } from "./storage.js";
import { momentName } from "./words.js";

const INTERVAL = 3000; // ms while it plays
const SHARE = 50; // saving may take this part of the time,
const LONGEST = 20_000; // ms, but so much is lost at most

/** A promise of whether this tab's run was taken up: `asked` is the address's set-up, or null. */
export async function takeUp(app, asked) {
  const tab = await tabName();
  const records = await keptRuns();
  const own = records.find((record) => record.tab === tab);
  const last = own ?? records[0];
  autosave(app, tab);
  if (!last?.saved) return false;
  const goesOn = last === own && (!asked || toFragment(asked) === toFragment(own.saved.begun));
  app.moments = last.moments ?? [];
  if (!goesOn) app.moments = [...app.moments, { name: `last time: ${momentName(last)}`, update: last.update, saved: last.saved, text: last.text }];
  if (goesOn) {
    app.restore(own.saved, own.text);
    app.say(`The run is where it was before the page was loaded again: update ${own.update}.`);
  }
  app.tell("moments");
  return goesOn;
}

function autosave(app, tab) {
  let next = 0;
  let busy = false;
  let again = false; // something came while it was being kept

  async function save() {
    if (!app.state || app.state.update === 0) return;
    again = busy && !app.playing;
    if (busy) return;
    busy = true;
    const begin = performance.now();
    next = Infinity;
    const { text, moments } = app;
    const answer = await app.send({ type: "checkpoint", name: "kept by itself" });
    if (answer.type === "checkpoint") await keepRun({ tab, when: Date.now(), update: answer.update, saved: answer.saved, text, moments });
    const end = performance.now();
    next = end + Math.min(LONGEST, Math.max(INTERVAL, SHARE * (end - begin)));
    busy = false;
    if (again) save();
  }

  app.on("state", () => {
    if (!app.playing || performance.now() > next) save();
  });
  app.on("moments", save);
  document.addEventListener("visibilitychange", () => document.hidden && save());
}
