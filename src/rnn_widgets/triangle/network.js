// Above the triangle: the network over its steps, with the chosen paths lit from a use of W_hh to a loss.
import { keeps } from "./model.js";
import { share } from "./squares.js";

export const HEIGHT = 132;
const ROWS = { loss: 14, state: 54, use: 92, letter: 120 }; // px from the top
const SMALL = 3;
const LARGE = 9;

/** For each arrow how many kept and how many dropped terms pass it; `into` is h_{j−1} → h_j. */
function traffic({ T, cells }, { cut, tau }) {
  const make = () => ({ use: new Array(T + 1).fill(0), into: new Array(T + 1).fill(0), loss: new Array(T + 1).fill(0) });
  const passes = { kept: make(), dropped: make() };
  for (const [t, k] of cells) {
    const ways = passes[keeps(cut, tau, t, k) ? "kept" : "dropped"];
    ways.use[k] += 1;
    ways.loss[t] += 1;
    for (let j = k + 1; j <= t; j++) ways.into[j] += 1;
  }
  return passes;
}

export function createNetwork(group, { text, T, x }) {
  const root = group.append("g").attr("class", "network").attr("aria-hidden", "true");
  const cutMarks = root.append("path").attr("class", "cut-marks");
  const arrows = root.append("g");
  const nodes = root.append("g");
  const labels = root.append("g");
  const steps = Array.from({ length: T }, (_, i) => i + 1);
  const at = (row) => ROWS[row] - HEIGHT;
  const NAMES = { loss: "loss", state: "state", use: "W_hh", letter: "reads" };

  const arrow = (j) => [
    { kind: "use", j, d: `M${x(j)},${at("use")}V${at("state")}` },
    { kind: "into", j, d: `M${x(j - 1)},${at("state")}H${x(j)}` },
    { kind: "loss", j, d: `M${x(j)},${at("state")}V${at("loss")}` },
  ];

  function layout() {
    arrows.selectAll("path").data(steps.flatMap(arrow)).join("path").attr("d", ({ d }) => d);
    nodes.selectAll("*").remove();
    labels.selectAll("*").remove();
    for (const j of [0, ...steps]) nodes.append("circle").datum(j).attr("class", "state").attr("cx", x(j)).attr("cy", at("state")).attr("r", SMALL);
    for (const j of steps) {
      nodes.append("rect").datum(j).attr("class", "use").attr("x", x(j) - 6).attr("y", at("use") - 6).attr("width", 12).attr("height", 12);
      nodes.append("circle").datum(j).attr("class", "loss").attr("cx", x(j)).attr("cy", at("loss")).attr("r", 10);
      const letter = (row, name, sign) => labels.append("text").datum(j).attr("class", name).attr("text-anchor", "middle")
        .attr("x", x(j)).attr("y", at(row) + 4).text(sign === " " ? "␣" : sign);
      letter("loss", "target", text[j]);
      letter("letter", "input", text[j - 1]);
    }
    for (const [row, name] of Object.entries(NAMES)) labels.append("text").attr("class", "row-name").attr("text-anchor", "end").attr("x", x(0) - 14).attr("y", at(row) + 4).text(name);
  }

  function draw({ settings, measured, revealed }) {
    const passes = revealed ? traffic(measured, settings) : null;
    const state = ({ kind, j }) => {
      if (!passes) return "arrow";
      if (passes.kept[kind][j]) return "arrow lit";
      return passes.dropped[kind][j] ? "arrow gone" : "arrow";
    };
    arrows.selectAll("path").attr("class", state).attr("stroke-width", ({ kind, j }) => {
      const many = passes ? passes.kept[kind][j] : 0;
      return many ? 3 + 4 * Math.sqrt((many - 1) / measured.cells.length) : 1.5;
    });
    const lit = (kind, j) => (passes && passes.kept[kind][j] ? "lit" : passes && passes.dropped[kind][j] ? "gone" : "");
    const reached = (j) => {
      const through = [lit("into", j), lit("into", j + 1), lit("use", j), lit("loss", j)];
      return through.find((state) => state === "lit") ?? through.find(Boolean) ?? "";
    };
    nodes.selectAll(".use").attr("class", (j) => `use ${lit("use", j)}`);
    nodes.selectAll(".loss").attr("class", (j) => `loss ${lit("loss", j)}`);
    labels.selectAll(".target").classed("on-lit", (j) => lit("loss", j) === "lit");
    // A state is as large as the row that comes back to it.
    nodes.selectAll(".state").attr("class", (j) => `state ${j === 0 ? "" : reached(j)}`).attr("r", (j) => {
      if (j === 0 || !passes || !reached(j)) return SMALL;
      return measured.travelling ? SMALL + (LARGE - SMALL) * share(measured.travelling[j - 1]) : 5;
    });
    const walls = revealed && settings.cut === "windows" ? steps.filter((j) => j < T && j % settings.tau === 0) : [];
    cutMarks.attr("d", walls.map((j) => `M${x(j + 0.5)},${at("loss")}V${at("use")}`).join(""));
  }

  return { layout, draw };
}
