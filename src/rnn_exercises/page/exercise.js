// One exercise: its questions, its hints, its numbers, and what is remembered of it.
import { Code } from "./code.js";
import { each, find, say } from "./dom.js";
import { note, noteSolved, noteTry, recall } from "./record.js";
import { Choice, Formula, NumberQuestion, Order, Proof } from "./questions.js";

const KINDS = { number: NumberQuestion, formula: Formula, choice: Choice, order: Order, proof: Proof, code: Code };

/** The numbers that the address asks for; 0 are the printed ones. */
function seedOfAddress() {
  const seed = Number(new URL(location.href).searchParams.get("numbers"));
  return Number.isInteger(seed) && seed > 0 ? seed : 0;
}

export class Exercise {
  constructor(root) {
    this.root = root;
    this.label = root.dataset.exercise;
    this.data = JSON.parse(find(root, ".answer-data").textContent);
    this.summary = find(root, "summary");
    this.saidPlace = find(root, ".answer-said");
    this.hints = [...find(root, ".answer-hints").children];
    this.solution = solutionOf(this.label);
    this.questions = each(root, ".question", (place, i) => new KINDS[this.data.questions[i].kind](place, i, this));
    this.right = new Set();
    this.choose(seedOfAddress() % this.data.variants.length);
    this.shownHints = 0;
    find(root, ".answer-hint").addEventListener("click", () => this.hint());
    find(root, ".answer-again").addEventListener("click", () => this.again());
    find(root, ".answer-link").addEventListener("click", () => this.link());
    this.guardSolution();
    this.mark();
  }

  get variant() {
    return this.data.variants[this.seed];
  }

  /** Take one set of numbers. */
  choose(seed) {
    this.seed = seed;
    each(this.root, ".drawn", (place) => say(place, this.variant.draw[place.dataset.draw]));
  }

  again() {
    this.choose((this.seed + 1) % this.data.variants.length);
    this.right.clear();
    for (const question of this.questions) question.clear();
    say(this.saidPlace, this.seed ? `Numbers ${this.seed} of ${this.data.variants.length - 1}.` : "The printed numbers.");
  }

  async link() {
    const address = new URL(location.href);
    if (this.seed) address.searchParams.set("numbers", this.seed);
    else address.searchParams.delete("numbers");
    address.hash = this.label;
    try {
      await navigator.clipboard.writeText(address.href);
      say(this.saidPlace, "The link is copied.");
    } catch {
      history.replaceState(null, "", address);
      say(this.saidPlace, "The link stands in the address line.");
    }
  }

  hint() {
    const button = find(this.root, ".answer-hint");
    find(this.root, ".answer-hints").hidden = false;
    this.hints.forEach((each, i) => (each.hidden = i > this.shownHints));
    this.shownHints += 1;
    note(this.label, { hints: Math.max(this.shownHints, recall(this.label).hints ?? 0) });
    if (this.shownHints === this.hints.length) button.hidden = true;
    else say(button, `Hint (${this.shownHints + 1} of ${this.hints.length})`);
  }

  /** One question was answered. */
  judged(question, isRight) {
    if (isRight) this.right.add(question);
    else this.right.delete(question);
    if (isRight && this.right.size < this.questions.length) return;
    if (isRight) noteSolved(this.label);
    else noteTry(this.label);
    this.mark();
  }

  /** Until there was a try, to open the solution is to give up; one click does it. */
  guardSolution() {
    if (!this.solution) return;
    this.solution.addEventListener("toggle", () => {
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

  /** Say at the exercise, quietly, how it stands. */
  mark() {
    const { solved, tries, gaveUp } = recall(this.label);
    this.root.classList.toggle("answer-solved", Boolean(solved));
    say(this.summary, solved ? "Solved: answer it again" : tries ? "Tried: answer it again" : "Answer it here");
    const title = this.solution && find(this.solution, "summary");
    if (title) say(title, solved || tries || gaveUp ? "Solution" : "Give up: show the solution");
  }
}

const solutionOf = (label) => document.querySelector(`details.solution[data-of="${CSS.escape(label)}"]`);
