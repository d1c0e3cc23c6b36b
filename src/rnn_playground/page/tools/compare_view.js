// Two runs on the same axes, what differs between them, and what that is worth.
import { element } from "../elements.js";
import { createPlane, powers } from "../panels/plane.js";
import { short, whole } from "../words.js";
import { comparison, differences } from "./differences.js";
import { endOf } from "./ends.js";

const A = { colour: "blue" };
const B = { colour: "vermillion", dash: [6, 3] };
const LEAST = -12; // powers of ten that are drawn

export function createComparison({ palette }) {
  const loss = createPlane({ label: "Losses of A and B", palette, height: 200 });
  const lags = createPlane({ label: "Shares of the gradient by lag", palette, height: 200 });
  const note = (text) => element("p", { className: "pg-note" }, text);
  const first = element("div", {}, loss.node, note("Loss per asked step of each batch. A: blue, solid. B: vermillion, dashed."));
  const second = element("div", {}, lags.node, note("Share of the gradient of W_hh by lag, at the end, in the upper layer if there are two."));
  const verdict = element("p", { className: "pg-sentence" });
  const body = element("tbody");
  const heads = ["What", "A", "B"].map((text) => element("th", { scope: "col" }, text));
  const table = element("table", {}, element("caption", {}, "What differs; all else is equal"), element("thead", {}, element("tr", {}, ...heads)), body);
  const scroll = element("div", { className: "pg-scroll", tabIndex: 0, role: "group", ariaLabel: "A and B, numbers" }, table);
  const node = element("div", { hidden: true }, verdict, element("div", { className: "pg-grid" }, first, second), scroll);

  function draw({ a, b }) {
    node.hidden = !a;
    if (!a) return;
    verdict.textContent = b ? comparison(a.setup, b.setup, { changed: a.changed, sameText: a.text === b.text }) : "";
    scroll.hidden = !b;
    drawLosses(a, b);
    drawLags(a, b);
    if (b) fill(a, b);
  }

  function drawLosses(a, b) {
    const runs = b ? [a, b] : [a];
    const chance = Math.max(...runs.map(({ state }) => state.chance / state.steps));
    const top = Math.max(...runs.flatMap(({ history }) => history.per_step).filter(Number.isFinite), 0);
    loss.draw({
      x: { domain: [0, Math.max(10, a.updates)], title: "update", format: whole },
      y: { domain: [0, Math.max(1.3 * chance, Math.min(1.05 * top, 3 * chance)) || 1], title: "" },
      marks(pen) {
        pen.level(a.state.chance / a.state.steps, { colour: "quiet" }, "chance");
        pen.line(a.history.update, a.history.per_step, A);
        if (b) pen.line(b.history.update, b.history.per_step, B);
      },
    });
    loss.describe(`Loss per step at the end: A ${short(endOf(a.history).loss)}${b ? `, B ${short(endOf(b.history).loss)}` : ""}`);
  }

  function drawLags(a, b) {
    const sharesOf = (run) => (run?.detail ? Array.from(run.detail.layers.at(-1).lag_shares, Math.log10) : []);
    const [first, second] = [sharesOf(a), sharesOf(b)];
    const steps = Array.from({ length: Math.max(first.length, second.length) }, (_, lag) => lag);
    const least = Math.max(LEAST, Math.min(-2, ...[...first, ...second].filter(Number.isFinite)));
    lags.draw({
      x: { domain: [0, Math.max(1, steps.length - 1)], title: "lag", whole: true },
      y: { domain: [least, 0.2], title: "", ...powers },
      marks(pen) {
        pen.line(steps, first, A);
        pen.line(steps, second, B);
      },
    });
    lags.describe(`Shares of the gradient by lag of A${second.length > 0 ? " and B" : ""}`);
  }

  function fill(a, b) {
    const row = ([name, one, other], className = "") => element("tr", { className }, element("th", { scope: "row" }, name), element("td", {}, one), element("td", {}, other));
    const [first, second] = [a, b].map(({ history, state }) => endOf(history, state.diverged));
    const shown = (end) => (end.diverged ? `diverged at update ${whole(end.diverged.update)}` : short(end.loss));
    const accuracy = (end) => (end.accuracy === null ? "–" : `${Math.round(100 * end.accuracy)} %`);
    const chance = ({ state }) => short(state.chance / state.steps);
    body.replaceChildren(
      ...differences(a.setup, b.setup).map((one) => row([one.label, one.a, one.b], "pg-differs")),
      row(["Updates", whole(first.updates), whole(second.updates)]),
      row(["Chance, per step", chance(a), chance(b)]),
      row(["Loss per step, mean of the last tenth", shown(first), shown(second)]),
      row(["Right, mean of the last tenth", accuracy(first), accuracy(second)]),
    );
  }

  return { node, draw };
}
