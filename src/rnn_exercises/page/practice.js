// The page Practice: a short mixed set of exercises that come back, to be answered right here.
import { element, find, say } from "./dom.js";
import { Exercise } from "./exercise.js";
import { Place } from "./place.js";
import { all, dueNow } from "./record.js";

const AT_ONCE = 5;
const place = find(document, ".practice");
const said = find(place, ".practice-said");
const known = new Map(globalThis.bookExercises.map((entry) => [entry.label, entry]));

/** What is due, then what was tried and not solved. */
function chosen() {
  const due = dueNow();
  const tried = Object.entries(all()).filter(([, { tries, gaveUp, solved }]) => (tries || gaveUp) && !solved).map(([label]) => label);
  return [...new Set([...due, ...tried])].filter((label) => known.has(label)).slice(0, AT_ONCE);
}

function show(labels) {
  const boxes = labels.map((label) => {
    // The markup is the book's own, written when it was built.
    const box = element("div", { className: "practice-exercise" });
    box.append(document.createRange().createContextualFragment(known.get(label).html));
    return box;
  });
  find(place, ".practice-set").replaceChildren(...boxes);
  for (const box of boxes) {
    const root = find(box, "details.answer");
    const place = new Place(root);
    const exercise = new Exercise(root, place, { fresh: true });
    place.exercise = exercise;
    root.open = true;
    if (exercise.data.variants.length > 1) exercise.choose(1 + Math.floor(Math.random() * (exercise.data.variants.length - 1)));
  }
}

const labels = chosen();
show(labels);
if (labels.length) say(said, `${labels.length === 1 ? "One exercise" : `${labels.length} exercises`} for today.`);
find(place, ".practice-any").addEventListener("click", () => {
  const record = all();
  const rest = [...known.keys()].filter((label) => !known.get(label).code && !record[label]?.solved && !labels.includes(label));
  const picked = [];
  while (picked.length < 3 && rest.length) picked.push(...rest.splice(Math.floor(Math.random() * rest.length), 1));
  show([...labels, ...picked]);
  say(said, picked.length ? "Drawn from what you have not solved, after those for today." : "You have solved every exercise that is asked here.");
});
