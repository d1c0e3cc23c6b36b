// Excite and decay in the browser: an anywidget front-end module.
import { addNote, explorer } from "../kit/explorer.js";
import { createCurve } from "./curve.js";
import { measure } from "./model.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const HEIGHT = { phone: 224, desk: 280 };

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const most = get("schema").events.times;

  /** Make an event, or take away the one that lies within `reach`. */
  function tap(t, reach = 0) {
    const events = get("events");
    const near = events.filter((event) => Math.abs(event - t) <= reach);
    if (near.length) commit({ events: events.filter((event) => event !== near[0]) });
    else if (events.length < most) commit({ events: [...events, t].sort((a, b) => a - b) });
  }

  const curve = createCurve({ get, prediction, onTap: tap, onRead: (at) => commit({ at }), signal });
  const panel = panels.append("div").attr("class", "panel");
  panel.append(() => curve.node);
  addNote(panel, `Tap an event to take it away; there is room for ${most}. The point reads λ: drag it, or use the arrow keys and Enter. Grey: before.`);

  controls.append(() => bind.slider("alpha", { label: "branching ratio α", title: "branching ratio α" }));
  controls.append(() => bind.slider("beta", { label: "decay β", title: "decay β" }));
  controls.append(() => bind.slider("mu", { label: "base rate μ", title: "base rate μ" }));
  const presets = bind.presets([
    { text: "One", settings: { events: [2] } },
    { text: "A burst", settings: { events: [2, 2.2, 2.4, 2.6, 2.8, 3] } },
    { text: "Evenly", settings: { events: [1, 2.5, 4, 5.5, 7, 8.5] } },
    { text: "None", settings: { events: [] } },
  ], "Events");
  controls.append(() => presets);

  return {
    update: (now) => curve.draw(now),
    layout(width, wide, now) {
      panel.style("width", `${width}px`);
      curve.layout(width, wide ? HEIGHT.desk : HEIGHT.phone);
      curve.draw(now);
    },
  };
}

const prediction = {
  text: "Three events have lifted λ, the last at 2.50. Nothing more happens. Where is λ at 5.00? Drag the point.",
  start: 1,
  gap,
};

export default explorer({ kind: "excite", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
