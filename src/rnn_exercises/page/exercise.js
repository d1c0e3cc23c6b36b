// One exercise: its questions, its hints, its numbers, and what is remembered of it.
import { Code } from "./code.js";
import { each, find, say } from "./dom.js";
import { note, noteSolved, noteTry, recall } from "./record.js";
import { Choice, Formula, NumberQuestion, Order, Proof } from "./questions.js";

const KINDS = { number: NumberQuestion, formula: Formula, choice: Choice, order: Order, proof: Proof, code: Code };

/** The numbers that the address asks for; null if it names another exercise, or none. */
function seedOfAddress(label) {
  const { searchParams, hash } = new URL(location.href);
  const seed = Number(searchParams.get("numbers"));
  return hash === `#${label}` && Number.isInteger(seed) && seed > 0 ? seed : null;
}

export class Exercise {
  /** `root` is the fold, with all that can be asked and said in it; `place` its face. A fresh one forgets what was answered. */
  constructor(root, place, { fresh = false } = {}) {
    this.root = root;
    this.place = place;
    this.label = root.dataset.exercise;
    this.data = JSON.parse(find(root, ".answer-data").textContent);
    this.saidPlace = find(root, ".answer-said");
    this.hints = [...find(root, ".answer-hints").children];
    this.questions = each(root, ".question", (box, i) => new KINDS[this.data.questions[i].kind](box, i, this));
    this.right = new Set();
    const { given, numbers } = fresh ? {} : recall(this.label);
    const asked = seedOfAddress(this.label) ?? (Number.isInteger(numbers) && numbers > 0 ? numbers : 0);
    this.choose(asked % this.data.variants.length);
    if (Array.isArray(given) && numbers === this.seed) this.questions.forEach((question, i) => question.take(given[i]));
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
    say(this.saidPlace, this.seed ? `Other numbers, set ${this.seed} of ${this.data.variants.length - 1}.` : "The printed numbers.");
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
    note(this.label, { given: this.questions.map((each) => each.given), numbers: this.seed });
    if (isRight) this.right.add(question);
    else this.right.delete(question);
    if (isRight && this.right.size < this.questions.length) return;
    if (isRight) noteSolved(this.label);
    else noteTry(this.label);
    this.place.mark();
  }
}
