// Hopfield's network in the browser: an anywidget front-end module.
import { slider } from "../kit/dom.js";
import { addNote, explorer, GAP } from "../kit/explorer.js";
import { createPlayer } from "../kit/play.js";
import { createEnergy } from "./energy.js";
import { measure, pack, STEPS, UNITS } from "./model.js";
import { createRepair } from "./repair.js";
import { createStored } from "./stored.js";
import { data, table } from "./table.js";
import { TASKS } from "./tasks.js";
import { createUnits } from "./units.js";
import { gap, PLACES, summary, unitWords, verdict } from "./words.js";

const PHONE = { units: 243, energy: 106, repair: 130 };
const DESK = { units: 273, energy: 148, repair: 172 };
const INTERVAL = 30; // ms from one unit to the next

function build({ panels, controls, bind, commit, get, signal, prediction }) {
  const pictures = get("pictures");
  const rank = Array.from({ length: UNITS }, (_, i) => get("order").indexOf(i)); // when the slider flips a unit
  let measured;

  /** Flip a unit of the state that is seen; the network starts anew from there. */
  function flip(i) {
    const picture = pictures[get("picture") - 1];
    const damage = measured.state.map((unit, k) => ((unit > 0) !== (picture[k] === "1")) !== (k === i));
    commit({ flipped: pack(damage), step: 0, unit: i + 1 });
  }
  const units = createUnits({ onFlip: flip, onChoose: (i) => commit({ unit: i + 1 }), signal });
  const stored = createStored({ pictures, names: get("names"), onPick: (picture) => commit({ picture }), signal });
  const energy = createEnergy();
  const repair = createRepair({ prediction, signal });

  const left = panels.append("div").attr("class", "panel");
  left.append("p").attr("class", "title").text("Units (× is wrong), and what is stored");
  const pair = left.append("div").attr("class", "pair");
  pair.append(() => units.node);
  pair.append(() => stored.node);
  const field = left.append("p").attr("class", "note field");
  const right = panels.append("div").attr("class", "panel");
  right.append(() => energy.node);
  right.append(() => repair.node);
  addNote(right, "Dashed: the energy of the picture, and no repair. Grey: before.");

  controls.append(() => bind.slider("patterns", { label: "pictures stored", title: "pictures stored", step: 1 }));
  const damage = slider({
    label: "units flipped",
    title: "units flipped",
    min: 0,
    max: UNITS,
    step: 1,
    digits: 0,
    onInput: (count) => commit({ flipped: pack(rank.map((place) => place < count)) }),
    signal,
  });
  controls.append(() => damage.node);
  const player = createPlayer({
    label: "units updated",
    title: "Units updated",
    most: () => STEPS,
    interval: INTERVAL,
    onStep: ask,
    signal,
  });
  controls.append(() => player.node);

  /** Go to a step; a step beyond the last change goes to the end, since nothing happens in between. */
  function ask(step) {
    const last = measured.changes.at(-1)?.asked ?? 0;
    const next = step === get("step") + 1 && step > last ? STEPS : step;
    commit({ step: next, ...(next > 0 ? { unit: ((next - 1) % UNITS) + 1 } : {}) });
  }

  function update(now) {
    ({ measured } = now);
    const { settings, revealed } = now;
    const picture = Array.from(pictures[settings.picture - 1], (mark) => (mark === "1" ? 1 : -1));
    units.draw({ ...now, picture, isOpen: revealed });
    stored.draw({ ...now, isOpen: revealed });
    energy.draw(now);
    repair.draw(now);
    field.text(unitWords(measured, settings));
    damage.set(measured.flipped);
    player.set(settings.step);
  }

  return {
    update,
    layout(width, wide, now) {
      const sizes = wide ? DESK : PHONE;
      const across = stored.layout(sizes.units - 2);
      const side = units.layout(Math.min(sizes.units, width - across - 8));
      const first = wide ? side + across + 8 : width;
      const second = wide ? width - first - GAP : width;
      left.style("width", `${first}px`);
      right.style("width", `${second}px`);
      energy.layout(second, sizes.energy);
      repair.layout(second, sizes.repair);
      update(now);
    },
  };
}

const prediction = {
  text: `Three pictures are stored. Flip ${PLACES.slice(0, -1).join(", ")} or ${PLACES.at(-1)} of the T’s ${UNITS} units and let it run: how many end up wrong? Drag the four points.`,
  start: PLACES,
  gap,
};

export default explorer({ kind: "hopfield", measure, build, words: { verdict, summary }, tasks: TASKS, prediction, table, data });
