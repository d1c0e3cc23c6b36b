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
  /** `root` is the fold, with all that can be asked and said in it; `place` its face. */
  constructor(root, place) {
    this.root = root;
    this.place = place;
    this.label = root.dataset.exercise;
    this.data = JSON.parse(find(root, ".answer-data").textContent);
    this.saidPlace = find(root, ".answer-said");
    this.hints = [...find(root, ".answer-hints").children];
    this.questions = each(root, ".question", (box, i) => new KINDS[this.data.questions[i].kind](box, i, this));
    this.right = new Set();
    this.choose(seedOfAddress() % this.data.variants.length);
    this.shownHints = 0;
    find(root, ".answer-hint").addEventListener("click", () => this.hint());
    find(root, ".answer-again").addEventListener("click", () => this.again());
    find(root, ".answer-link").addEventListener("click", () => this.link());
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
    this.place.mark();
  }

  openSolution() {
    this.place.openSolution();
  }
}
