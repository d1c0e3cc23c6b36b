// The missions as a list and a card for one of them. What is done stays done, in this browser.
import { button, element } from "./elements.js";
import { differences, MISSIONS, progress } from "./missions.js";
import { readSetup } from "../engine/setup.js";

const MEMORY = "missions"; // { open, done: { name: sentence }, kept: { name: what its progress keeps } }
const root = () => document.documentElement.dataset.content_root ?? "../";

/** What this browser remembers; whatever else stands under the name is not looked at. */
function remembered(memory) {
  const found = memory.get(MEMORY);
  const part = (name) => ({ ...(typeof found?.[name] === "object" ? found[name] : {}) });
  return { open: found?.open, done: part("done"), kept: part("kept") };
}

export function mount(host, app) {
  const stored = remembered(app.memory);
  let mission = MISSIONS.find(({ name }) => name === stored.open) ?? MISSIONS[0];

  const count = element("p", { className: "pg-note" });
  const picks = MISSIONS.map((one) => {
    const pick = button("", () => choose(one));
    return { one, pick, item: element("li", {}, pick) };
  });
  const text = element("p");
  const now = element("p", { className: "pg-mission-now" });
  const why = element("p", { className: "pg-mission-why" });
  const link = element("a");
  const setUp = button("Set it up", () => begin(mission.start));
  const show = button("", () => begin(shown(), true));
  host.append(
    count,
    element("ul", { className: "pg-missions" }, ...picks.map(({ item }) => item)),
    element("div", { className: "pg-mission" }, text, element("div", { className: "pg-row" }, setUp, show), now, why, element("p", { className: "pg-note" }, "More: ", link, ".")),
  );

  function remember() {
    app.memory.set(MEMORY, { ...stored, open: mission.name });
  }

  function begin(fields, play = false) {
    if (app.start(fields) !== false && play) app.play();
  }

  /** The set-up of a solution that comes next: the second one after the first has done what it is for. */
  function shown() {
    const first = stored.kept[mission.name]?.setup;
    const second = mission.solution.length > 1 && first && differences(first, readSetup(mission.solution[0])).length === 0;
    return mission.solution[second ? 1 : 0];
  }

  function choose(one) {
    mission = one;
    remember();
    look();
  }

  function put(node, words) {
    if (node.textContent !== words) node.textContent = words; // else a reader's selection would be lost at every state
  }

  function draw() {
    const done = MISSIONS.filter(({ name }) => stored.done[name]).length;
    put(count, `${done} of ${MISSIONS.length} done.`);
    for (const { one, pick } of picks) {
      put(pick, `${stored.done[one.name] ? "✓ " : ""}${one.title}`);
      pick.setAttribute("aria-pressed", String(one === mission));
      pick.setAttribute("aria-label", `${one.title}${stored.done[one.name] ? ", done" : ""}`);
    }
    put(text, mission.text);
    put(show, mission.solution.indexOf(shown()) > 0 ? "Show me the second run" : "Show me one");
    put(link, mission.chapter[1]);
    link.href = root() + mission.chapter[0];
    const solved = stored.done[mission.name];
    put(now, solved ? `Done: ${solved}` : sentence);
    now.classList.toggle("pg-done", Boolean(solved));
    why.hidden = !solved;
    put(why, mission.why);
  }

  let sentence = "";

  /** Only the mission that is open looks at the run: none is done in passing. */
  function look() {
    const { name, title } = mission;
    const found = progress(mission, app, stored.kept[name]);
    sentence = found.sentence;
    if (found.keep && JSON.stringify(found.keep) !== JSON.stringify(stored.kept[name])) {
      stored.kept[name] = found.keep;
      remember();
    }
    if (found.solved && !stored.done[name]) {
      stored.done[name] = sentence;
      remember();
      app.say(`Mission done: ${title}. ${sentence}`);
    }
    draw();
  }

  app.on("start", look);
  app.on("state", look);
  look();
}
