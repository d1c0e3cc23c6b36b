// A function that is written and run in the page, by the runtime of "Run it here".
import { element, find } from "./dom.js";
import { Question } from "./questions.js";

const LONGEST = 20_000; // characters that are kept

/** A sentence of the judge; what stands between backticks is code. */
function sentence(words) {
  const parts = words.split("`").map((part, i) => (i % 2 ? element("code", {}, part) : part));
  return element("p", {}, ...parts);
}

export class Code extends Question {
  constructor(...given) {
    super(...given);
    this.cell = find(this.root, ".cell");
    this.button = find(this.root, ".answer-write");
    this.button?.addEventListener("click", () => this.begin());
    // The runtime sends what the judge said.
    this.cell.addEventListener("live:verdict", ({ detail }) => this.hear(detail));
    this.cell.addEventListener("live:ready", () => this.ready());
    this.cell.addEventListener("live:text", ({ detail }) => (this.given = detail));
    this.cell.dataset.exercise = this.exercise.label;
  }

  /** Load Python with the page's own bar, which says how much that is; then open the editor. */
  begin() {
    if (location.protocol === "file:") {
      document.querySelector(".live-bar button")?.click();
      return this.show(false, "Not from a file.", "A browser runs no Python there; the bar at the top of the page says what to do.");
    }
    this.cell.classList.add("live-wanted");
    document.querySelector(".live-bar button")?.click();
    this.show(false, "Loading.", "Python is being loaded; what happens stands in the bar at the top of the page.");
  }

  ready() {
    this.button.hidden = true;
    this.show(false, "Ready.", "Write the function, then press Check.");
  }

  /** The reader's own text, before Python is there: the editor begins with it. */
  take(text) {
    if (typeof text !== "string" || text.length > LONGEST) return;
    this.given = text;
    find(this.cell, ".cell_input pre").textContent = text;
  }

  hear({ solved, mistake, words }) {
    this.show(solved, solved ? "Right." : "Not yet.", mistake ? this.reason(mistake) : sentence(words.replace(/^Right: o/, "O")));
    this.exercise.judged(this, solved);
  }
}
