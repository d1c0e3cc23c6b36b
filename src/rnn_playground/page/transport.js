// What makes the run go: play, step, speed, again, another seed, keep a moment and go back to it.
import { button, choice, element } from "./elements.js";
import { momentName, whole } from "./words.js";

const SPEEDS = { "": "as fast as it goes", 100: "100 a second", 20: "20 a second", 5: "5 a second", 1: "1 a second" };
const KEPT = 5;

/** Put the most needed buttons into `host`, which stays in view; the others are given back. */
export function mountTransport(host, app, { full }) {
  const play = button("Play", () => (app.playing ? app.pause() : app.play()), { className: "pg-primary" });
  const count = element("span", { className: "pg-count" });
  const again = button("Again", () => app.start(app.setup), { title: "The same run from its beginning" });
  const step = button("Step", () => app.step(1));
  host.append(element("div", { className: "pg-row pg-transport" }, play, ...(full ? [step] : []), again, count));
  const more = element("div", { className: "pg-row" }, button("Other seed", () => app.start({ ...app.setup, seed: (app.setup.seed + 1) % 2 ** 32 })));
  if (full) more.append(button("100 steps", () => app.step(100)), speed(app), ...moments(app));

  const show = () => {
    play.textContent = app.playing ? "Pause" : "Play";
    play.disabled = Boolean(app.state?.diverged) && !app.playing;
    count.textContent = `Update ${whole(app.state?.update ?? 0)}`;
  };
  for (const event of ["start", "playing", "diverged"]) app.on(event, show);
  app.on("frame", show);
  show();
  return more;
}

function speed(app) {
  const { node, input } = choice({
    label: "Speed",
    options: SPEEDS,
    onChange(value) {
      app.speed = value === "" ? Infinity : Number(value);
      if (app.playing) app.play();
    },
  });
  input.value = "";
  node.classList.add("pg-inline");
  return node;
}

/** Moments of this and of earlier runs that the reader kept: { name, update, saved, text }. */
function moments(app) {
  const list = element("select", { disabled: true }, new Option("Go back to …", ""));
  list.setAttribute("aria-label", "Go back to a kept moment");
  const keep = button("Keep this moment", async () => {
    const { text } = app;
    const answer = await app.send({ type: "checkpoint", name: `moment ${Date.now()}` });
    if (answer.type !== "checkpoint") return;
    const name = momentName(answer);
    app.moments = [...app.moments, { name, update: answer.update, saved: answer.saved, text }].slice(-KEPT);
    app.say(`Kept: ${name}.`);
    app.tell("moments");
  });
  const fill = () => {
    list.replaceChildren(new Option("Go back to …", ""), ...app.moments.map(({ name }, i) => new Option(name, String(i))));
    list.disabled = app.moments.length === 0;
  };
  list.addEventListener("change", () => {
    const moment = app.moments[Number(list.value)];
    list.value = "";
    if (moment) app.restore(moment.saved, moment.text);
  });
  app.on("moments", fill);
  return [keep, list];
}
