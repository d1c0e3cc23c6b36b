// A playground in its place on a page. The place says which: data-size, data-setup, data-controls, data-panels, data-worker.
import { fromText } from "../engine/setup.js";
import { fromFragment, toFragment } from "./address.js";
import { createApp } from "./app.js";
import { takeUp } from "./autosave.js";
import { mountControls } from "./controls.js";
import { element } from "./elements.js";
import { mountPanels } from "./panels.js";
import { memory } from "./storage.js";
import { mountTools } from "./tools.js";
import { mountTransport } from "./transport.js";
import { diverged, EXAMPLE_TEXT, status, summary } from "./words.js";

const QUIET = 400; // ms, after which the address follows
const REPORT = 10_000; // ms between two reports of a run that plays

const list = (text) => (text ?? "").split(" ").filter(Boolean);

export function mount(root) {
  const { size, setup, worker, controls, panels, page } = root.dataset;
  const full = size === "full";
  const app = createApp({ workerUrl: new URL(worker, document.baseURI).href, memory });
  root.pgApp = app;

  const head = element("div", { className: "pg-head" });
  const line = element("p", { className: "pg-status" });
  const said = element("p", { className: "pg-said", role: "status" });
  const more = mountTransport(head, app, { full });
  head.append(line, said);
  const made = full ? fullLayout(app) : smallLayout(app, list(controls), list(panels));
  const live = element("p", { className: "visually-hidden" });
  live.setAttribute("aria-live", "polite");
  root.replaceChildren(head, more, ...made.nodes, live);
  root.classList.add("pg-live");
  const { lens } = mountPanels(root, app, [[head, ["spark"]], ...made.places]);
  more.append(lens);

  // --- what is said
  let sayNext = 0;
  app.on("frame", () => (line.textContent = status(app.state)));
  app.on("start", () => (said.textContent = ""));
  app.on("say", (text) => (said.textContent = text));
  app.on("diverged", (state) => app.say(diverged(state.diverged)));
  app.on("state", (state) => {
    if (!app.playing && state.playing === false) live.textContent = summary(state);
    else if (performance.now() > sayNext) {
      sayNext = performance.now() + REPORT;
      live.textContent = summary(state);
    }
  });
  app.on("error", () => app.tell("frame"));

  if (full) {
    followAddress(app);
    beginAsAsked(app, true);
  } else {
    if (page) addLink(root, app, page);
    app.start(fromText(setup ?? ""));
  }
  return app;
}

function fullLayout(app) {
  const form = element("div", { className: "pg-setup" });
  const first = element("div", { className: "pg-first" });
  const tools = element("div", { className: "pg-tools-list" });
  const detail = element("div", { className: "pg-grid" });
  const fold = element("details", { className: "pg-form", open: innerWidth >= 768 }, element("summary", {}, "Set-up"), form);
  mountControls(form, app);
  const top = element("div", { className: "pg-top" }, fold, first);
  queueMicrotask(() => mountTools(tools, app));
  return { nodes: [top, tools, detail], places: [[first, ["learning", "gradient", "norm", "states"]], [detail, ["spectrum", "gates", "weights"]]] };
}

function smallLayout(app, controls, panels) {
  const form = element("div", { className: "pg-setup" });
  const grid = element("div", { className: "pg-grid" });
  if (controls.length > 0) mountControls(form, app, controls);
  return { nodes: controls.length > 0 ? [form, grid] : [grid], places: [[grid, panels.length > 0 ? panels : ["learning", "gradient"]]] };
}

/** The run that an address asks for; it waits for the reader. An address that asks for none leaves the place's, or the last one. */
async function beginAsAsked(app, first) {
  let asked = null;
  let wrong = null;
  try {
    asked = fromFragment(location.hash);
  } catch (error) {
    wrong = `The address is not that of a set-up: ${error.message}.`;
  }
  if (wrong && !first) return app.say(wrong);
  if (first) app.text = app.memory.get("text") ?? app.text;
  app.start(asked ?? app.setup);
  if (first) await takeUp(app, asked ?? (wrong && app.setup));
  if (wrong) app.say(wrong);
}

function followAddress(app) {
  let timer;
  let own = location.hash;
  app.on("start", () => app.text !== EXAMPLE_TEXT && app.memory.set("text", app.text));
  app.on("start", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const fragment = toFragment(app.setup);
      if (fragment === location.hash || (fragment === "#playground=run" && own === "")) return;
      own = fragment;
      try {
        history.replaceState(history.state, "", fragment);
      } catch {
        // Some browsers keep a file's address as it is.
      }
    }, QUIET);
  });
  addEventListener("hashchange", () => {
    if (!location.hash.startsWith("#playground=")) return;
    if (app.playing) app.pause();
    beginAsAsked(app, false);
  });
}

function addLink(root, app, page) {
  const link = element("a", {}, "This run in the playground");
  const follow = () => (link.href = page + toFragment(app.setup));
  app.on("start", follow);
  follow();
  root.append(element("p", { className: "pg-note" }, link));
}

globalThis.rnnPlayground = { mount };
