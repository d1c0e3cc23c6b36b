// Wakes the places to answer on a page.
import { each } from "./dom.js";
import { Place } from "./place.js";

/** A link can name an exercise and its numbers: open the place to answer it. */
function openNamed() {
  const name = decodeURIComponent(location.hash.slice(1));
  const answer = name && document.getElementById(name)?.querySelector(".answer");
  if (answer && new URL(location.href).searchParams.has("numbers")) answer.open = true;
}

each(document, "details.answer", (root) => new Place(root));
openNamed();
