// One class for each kind of question: what the reader gave, and what is said to it.
import { each, element, find } from "./dom.js";
import { Unreadable, read } from "./expression.js";
import { judgeChoice, judgeFormula, judgeNumber, judgeOrder } from "./judge.js";

export class Question {
  constructor(root, place, exercise) {
    Object.assign(this, { root, place, exercise, data: exercise.data.questions[place] });
    this.verdict = find(root, ".verdict");
    find(root, ".answer-check")?.addEventListener("click", () => this.check());
  }

  /** Show a verdict: its head, and reasons, which are copied from the page or are sentences. */
  show(isRight, head, ...reasons) {
    this.verdict.className = `verdict ${isRight ? "verdict-right" : "verdict-wrong"}`;
    const parts = reasons.filter(Boolean).map((reason) => (typeof reason === "string" ? element("p", {}, reason) : reason));
    this.verdict.replaceChildren(element("strong", {}, head), ...parts);
  }

  /** A reason that stands in the page, hidden. */
  reason(key) {
    const found = find(this.root, `.reasons > [data-reason="${key}"]`);
    return found ? element("div", {}, ...found.cloneNode(true).childNodes) : null;
  }

  /** Show what came of an answer, and note it. */
  conclude({ right, reason, words }) {
    this.show(right, right ? "Right." : "Not yet.", words, reason === undefined ? null : this.reason(reason));
    this.exercise.judged(this, right);
  }

  clear() {
    this.verdict.replaceChildren();
    this.verdict.className = "verdict";
  }
}

class Typed extends Question {
  constructor(...given) {
    super(...given);
    this.field = find(this.root, "input");
    this.field.addEventListener("keydown", (event) => event.key === "Enter" && this.check());
  }

  get given() {
    return this.field.value;
  }

  take(text) {
    if (typeof text === "string") this.field.value = text.slice(0, this.field.maxLength);
  }

  check() {
    try {
      this.conclude(this.judge());
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.show(false, "I cannot judge that.", error.message);
    }
  }

  clear() {
    super.clear();
    this.field.value = "";
  }
}

export class NumberQuestion extends Typed {
  judge() {
    const { unit } = this.data;
    const text = this.field.value.trim();
    const bare = unit && text.endsWith(unit) ? text.slice(0, -unit.length) : text;
    const { numbers } = this.exercise.variant;
    return judgeNumber(this.data, numbers[this.place], read(bare)());
  }
}

export class Formula extends Typed {
  judge() {
    const formula = read(this.field.value);
    return judgeFormula(this.data, formula);
  }
}

/** A list of things to tick. */
class Ticked extends Question {
  get boxes() {
    return each(this.root, ".options input", (box) => box);
  }

  get given() {
    return this.boxes.flatMap((box, i) => (box.checked ? [i] : []));
  }

  take(places) {
    if (Array.isArray(places)) this.boxes.forEach((box, i) => (box.checked = places.includes(i)));
  }

  clear() {
    super.clear();
    this.take([]);
  }
}

export class Choice extends Ticked {
  check() {
    const { boxes, given } = this;
    const { right, words, chosen = [], missed = [] } = judgeChoice(this.data, given);
    if (words) return this.show(false, "Not yet.", words);
    const shown = right ? (this.data.several ? [] : given) : [...chosen, ...missed];
    this.show(right, right ? "Right." : "Not yet.", ...shown.map((i) => this.about(i, boxes[i])));
    return this.exercise.judged(this, right);
  }

  /** What is to be said of an option; where there are several, under its own words. */
  about(i, box) {
    const reason = this.reason(i);
    if (!this.data.several) return reason;
    const label = find(this.root, `label[for="${box.id}"]`);
    reason.prepend(element("em", { className: "verdict-of" }, ...label.cloneNode(true).childNodes));
    return reason;
  }
}

export class Proof extends Ticked {
  check() {
    const missing = this.boxes.length - this.given.length;
    const words = missing ? `${missing} of ${this.boxes.length} points are not in your proof: look for them below.` : "Your proof has every point.";
    this.show(!missing, missing ? "Compare." : "Complete.", words);
    this.exercise.judged(this, !missing);
    this.exercise.place.openSolution();
  }
}

export class Order extends Question {
  constructor(...given) {
    super(...given);
    this.list = find(this.root, ".steps");
    this.first = [...this.list.children];
    this.list.addEventListener("click", ({ target }) => {
      const step = target.closest("li");
      if (target.closest(".up")) this.move(step, -1);
      if (target.closest(".down")) this.move(step, 1);
    });
  }

  move(step, by) {
    const other = by < 0 ? step.previousElementSibling : step.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(step);
    else other.after(step);
    find(step, by < 0 ? ".up" : ".down").focus();
  }

  get given() {
    return [...this.list.children].map((step) => Number(step.dataset.step));
  }

  take(order) {
    if (!Array.isArray(order) || order.length !== this.first.length) return;
    const steps = order.map((number) => this.first.find((step) => Number(step.dataset.step) === number));
    if (new Set(steps).size === this.first.length && steps.every(Boolean)) this.list.append(...steps);
  }

  check() {
    this.conclude(judgeOrder(this.data, this.given));
  }

  clear() {
    super.clear();
    this.list.append(...this.first);
  }
}
