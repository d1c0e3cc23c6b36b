// The latch in the browser: an anywidget front-end module.
import { button } from "../kit/dom.js";
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createMap } from "./map.js";
import { measure } from "./model.js";
import { createStates } from "./states.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { gap, summary, verdict } from "./words.js";

const PHONE = { map: 232, states: 176 };
const DESK = { map: 300, states: 300 };

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const map = createMap();
  const states = createStates({ prediction, signal });
  const left = panels.append("div").attr("class", "panel");
  left.append("p").attr("class", "title").text("From one state to the next");
  left.append(() => map.node);
  const right = panels.append("div").attr("class", "panel");
  right.append("p").attr("class", "title").text("The state while it reads");
  right.append(() => states.node);
  addNote(right, "a puts in 1, b puts in −1, c and d put in nothing. Grey: before.");

  controls.append(() => bind.slider("w", { label: "recurrent weight w", title: "recurrent weight w" }));
  const keys = controls.append("div").attr("class", "presets").attr("role", "group").attr("aria-label", "Letters to read");
  keys.append("span").attr("class", "control-name").text("read");
  const { most } = get("schema").letters;
  const read = (more) => commit({ letters: (get("letters") + more).slice(-most) });
  for (const letter of "abcd") keys.append(() => button({ text: letter, onClick: () => read(letter), signal }));
  keys.append(() => button({ text: "10 × c", onClick: () => read("cccccccccc"), signal }));
  keys.append(() => button({ text: "Forget all", onClick: () => commit({ letters: "" }), signal }));

  return {
    update(now) {
      map.draw(now);
      states.draw(now);
    },
    layout(width, wide, now) {
      const first = wide ? Math.min(0.42 * width, 340) : width;
      const second = wide ? width - first - GAP : width;
      left.style("width", `${first}px`);
      right.style("width", `${second}px`);
      const heights = wide ? DESK : PHONE;
      map.layout(Math.min(first, heights.map + 40), heights.map);
      states.layout(second, heights.states);
      map.draw(now);
      states.draw(now);
    },
  };
}

const prediction = {
  text: "With w = 0.9 the unit reads an a, then twenty letters c, which put in nothing. Where is its state after the last? Drag the point at the right end.",
  start: 0.5,
  gap,
};

export default explorer({ kind: "latch", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
