// What can be watched, where it stands, and when it is drawn: once a frame at most, only what is on the screen, and within a few ms.
import { element } from "./elements.js";
import { gates } from "./panels/gates.js";
import { gradient } from "./panels/gradient.js";
import { learning } from "./panels/learning.js";
import { norm } from "./panels/norm.js";
import { createPalette } from "./panels/palette.js";
import { pick } from "./panels/panel.js";
import { spark } from "./panels/spark.js";
import { spectrum } from "./panels/spectrum.js";
import { states } from "./panels/states.js";
import { weights } from "./panels/weights.js";

export const PANELS = { spark, learning, gradient, norm, states, spectrum, gates, weights };
const OF_RECORDS = ["spark", "learning", "norm"]; // the others are drawn when details have come
const SHARE = 5; // ms of a frame
const MEASURE = "playground:frame"; // for who wants to know how long a frame took

/** Put panels into places: `places` is a list of [element, names]. */
export function mountPanels(root, app, places) {
  const palette = createPalette(root);
  let layer = null; // null: the top one
  const view = { layer: () => Math.min(layer ?? Infinity, app.setup.layers - 1) };
  const panels = [];
  let asked = false;

  const onScreen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) panels.find(({ node }) => node === target).seen = isIntersecting;
    ask();
  }, { rootMargin: "100px" });

  for (const [place, names] of places) {
    for (const name of names) {
      const panel = { name, due: true, seen: false, ...PANELS[name]({ app, palette, view }) };
      panels.push(panel);
      place.append(panel.node);
      onScreen.observe(panel.node);
    }
  }

  function ask() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(frame);
  }

  function frame() {
    asked = false;
    const begin = performance.now();
    app.tell("frame");
    // Those that have waited longest are first in the list.
    for (const panel of panels.filter(({ due, seen }) => due && seen)) {
      panel.due = false;
      panel.draw();
      panels.push(...panels.splice(panels.indexOf(panel), 1));
      if (performance.now() - begin > SHARE) break;
    }
    performance.clearMeasures(MEASURE);
    performance.measure(MEASURE, { start: begin, end: performance.now() });
    if (panels.some(({ due, seen }) => due && seen)) ask();
  }

  function mark(which) {
    for (const panel of panels) if (which(panel)) panel.due = true;
    ask();
  }
  app.on("state", ({ detail }) => mark(({ name }) => OF_RECORDS.includes(name) || detail));
  const lens = layers(() => layer, (chosen) => {
    layer = chosen;
    mark(() => true);
  });
  app.on("state", () => lens.follow(app.setup.layers, view.layer()));
  return { lens: lens.node };
}

/** Which of two layers is looked at. */
function layers(now, onChange) {
  const list = pick("Which layer is looked at", onChange);
  const node = element("div", { className: "pg-row", hidden: true }, "Look at the ", list.node);
  return {
    node,
    follow(count, index) {
      node.hidden = count < 2;
      list.offer(count < 2 ? [] : ["lower layer", "upper layer"], index);
    },
  };
}
