// All weights, one array at a time.
import { short } from "../words.js";
import { createHeat } from "./heat.js";
import { createPanel, pick } from "./panel.js";

export function weights({ app, palette }) {
  const heat = createHeat({ label: "Weights", palette, height: 230 });
  let chosen = "layers[0].W_hh";
  const seen = () => {
    const { arrays, weights: all } = app.detail;
    const array = arrays.find(({ name }) => name === chosen) ?? arrays[0];
    return { ...array, values: all.subarray(array.start, array.end) };
  };
  const panel = createPanel({
    name: "weights",
    title: "Weights",
    caption: "The first rows and columns",
    columns: ["Row", "1", "2", "3", "4", "5", "6"],
    rowsOf() {
      if (!app.detail) return [];
      const { shape: [rows, columns = 1], values } = seen();
      return Array.from({ length: Math.min(12, rows) }, (_, i) => [String(i + 1), ...Array.from({ length: 6 }, (_, j) => (j < columns ? short(values[i * columns + j]) : "–"))]);
    },
  });
  const list = pick("Which weights", (index) => {
    chosen = app.detail.arrays[index].name;
    draw();
  });
  panel.tools.append(list.node);
  panel.figure.append(heat.node);

  function draw() {
    if (!app.detail) return;
    const { arrays } = app.detail;
    const { name, shape: [rows, columns = 1], values } = seen();
    list.offer(arrays.map((array) => plain(array.name, app.setup.layers)), arrays.findIndex((array) => array.name === name));
    const most = values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
    heat.draw({ values, rows, columns, most, xTitle: columns > 1 ? "from" : "", yTitle: "to" });
    panel.say(`Vermillion is positive, blue negative; the largest has size ${short(most)}.`);
    heat.describe(`${plain(name, app.setup.layers)}, ${rows} by ${columns}; the largest entry has size ${short(most)}`);
    panel.table();
  }
  return { ...panel, draw };
}

/** "layers[1].W_hh" as a reader may read it. */
function plain(name, layers) {
  const [, layer, field] = name.match(/^layers\[(\d)\]\.(\w+)$/) ?? [];
  if (!field) return name;
  return layers === 1 ? field : `${field}, ${layer === "0" ? "lower" : "upper"} layer`;
}
