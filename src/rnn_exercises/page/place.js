// The face of an exercise: its fold and its solution's, which say quietly how it stands. What is asked comes when it is opened.
import { find, say } from "./dom.js";
import { Exercise } from "./exercise.js";
import { note, recall } from "./record.js";

/** Fetch what is within the folds of this page, once. */
let fetched = null;
function fetchInside(address) {
  fetched ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address });
    script.addEventListener("load", () => resolve(globalThis.bookAnswers));
    script.addEventListener("error", () => {
      fetched = null;
      reject(new Error("not there"));
    });
    document.head.append(script);
  });
  return fetched;
}

export class Place {
  constructor(root) {
    this.root = root;
    this.label = root.dataset.exercise;
    this.summary = find(root, "summary");
    this.solution = document.querySelector(`details.solution[data-of="${CSS.escape(this.label)}"]`);
    this.exercise = null;
    root.addEventListener("toggle", () => root.open && this.wake());
    this.guardSolution();
    this.mark();
  }

  /** Bring in what is asked. */
  async wake() {
    if (this.exercise || this.isWaking) return;
    this.isWaking = true;
    try {
      const inside = await fetchInside(this.root.dataset.inside);
      // The markup is the book's own, written when it was built.
      this.root.append(document.createRange().createContextualFragment(inside[this.label]));
      this.exercise = new Exercise(this.root, this);
      this.root.dispatchEvent(new CustomEvent("answer:awake", { bubbles: true }));
    } catch {
      this.root.open = false;
      say(this.summary, "The questions could not be loaded. Open this again when the network is back.");
    } finally {
      this.isWaking = false;
    }
  }

  /** Until there was a try, to open the solution is to give up; one click does it. */
  guardSolution() {
    this.solution?.addEventListener("toggle", () => {
      const { tries, gaveUp } = recall(this.label);
      if (!this.solution.open || tries || gaveUp) return;
      note(this.label, { gaveUp: true });
      this.mark();
    });
  }

  openSolution() {
    if (!this.solution) return;
    this.solution.open = true;
    this.solution.scrollIntoView({ block: "nearest" });
  }

  /** Say at the exercise how it stands. */
  mark() {
    const { solved, tries, gaveUp } = recall(this.label);
    this.root.classList.toggle("answer-solved", Boolean(solved));
    say(this.summary, solved ? "Solved: answer it again" : tries ? "Tried: answer it again" : "Answer it here");
    const title = this.solution && find(this.solution, "summary");
    if (title) say(title, solved || tries || gaveUp ? "Solution" : "Give up: show the solution");
  }
}
