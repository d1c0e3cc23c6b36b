// The bar once its button was pressed: progress, then Run all, Stop and Reset, and a line that says what happens.
import { button, element } from "./elements.js";

const MB = 1e6;

export class Bar {
  constructor(root) {
    this.root = root;
    this.begin = root.querySelector("button");
    this.words = root.querySelector(".live-words");
    this.progress = element("progress", { className: "live-progress", hidden: true, ariaLabel: "Progress" });
    this.words.before(this.progress);
  }

  say(text) {
    if (this.words.textContent !== text) this.words.textContent = text;
  }

  /** Show how much of something is done; without a total, nothing. */
  show(done, total) {
    this.progress.hidden = !total;
    if (total) Object.assign(this.progress, { max: total, value: done });
  }

  loading(done, total) {
    this.show(done, total);
    // Said in steps: a screen reader reads each sentence aloud.
    const step = Math.floor((4 * done) / total) / 4;
    this.say(step < 1 ? `Loading: ${Math.round((step * total) / MB)} of ${Math.round(total / MB)} MB …` : "Starting Python …");
  }

  trouble(sentence) {
    this.show(0, 0);
    this.say(sentence);
    this.begin.disabled = false;
    this.begin.textContent = "Try again";
  }

  /** Put the chapter's buttons in place of the first one. */
  ready({ onRunAll, onStop, onReset, several }) {
    this.show(0, 0);
    this.runAll = button("Run all", onRunAll);
    this.stop = button("Stop", onStop, { disabled: true });
    this.reset = button("Reset", onReset, { title: "Start Python anew and put everything back as it is in the book" });
    this.runAll.hidden = !several;
    const focused = document.activeElement === this.begin || document.activeElement === document.body;
    this.begin.replaceWith(this.runAll, this.stop, this.reset);
    if (focused) (several ? this.runAll : this.reset).focus();
  }

  busy(busy) {
    this.runAll.disabled = busy;
    this.stop.disabled = !busy;
    if (!busy) this.show(0, 0);
  }
}
