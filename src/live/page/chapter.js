// The page's cells and their one session: what has run, what must run first, what runs now.
import { AnswerCell } from "./answer_cell.js";
import { Cell, capital } from "./cell.js";

const seconds = (value) => (value < 1 ? "less than a second" : `${value.toFixed(value < 10 ? 1 : 0)} s`);

export class Chapter {
  constructor(bar, session) {
    this.bar = bar;
    this.session = session;
    this.running = null;
    this.seconds = JSON.parse(bar.root.dataset.seconds);
    const roots = [...document.querySelectorAll(".bd-article div.cell")].filter((root) => root.querySelector(".cell_input pre"));
    const isAnswer = (root) => root.classList.contains("live-answer");
    this.cells = roots.filter((root) => !isAnswer(root)).map((root, i) => new Cell(root, i, this));
    // What a reader writes for an exercise: no cell needs it, and it needs none. Some come later, when a fold is opened.
    const adopt = (root) => new AnswerCell(root, this.cells.length, this);
    for (const root of roots.filter(isAnswer)) adopt(root);
    document.addEventListener("answer:awake", ({ target }) => target.querySelectorAll("div.live-answer").forEach(adopt));
    bar.ready({
      onRunAll: () => this.runAll(),
      onStop: () => this.stop(),
      onReset: () => this.reset(),
      several: this.cells.length > 1,
    });
    bar.say(
      session.lasts
        ? "Ready. A cell can be run and edited; Shift+Enter runs it and goes on."
        : "Ready. This browser cannot keep Python waiting, so each run repeats the cells that were run before.",
    );
    document.documentElement.classList.add("live-ready");
  }

  /** Whether a cell has run, as it stands, in the Python that is there now. */
  hasRun = (cell) => cell.ranIn === this.session.state;

  /** The cells below a changed one are no longer what they would be now: they are run again when one is needed. */
  outdate(cell) {
    for (const other of this.cells.slice(cell.index + 1)) other.ranIn = null;
  }

  async run(cell) {
    if (this.running) return this.bar.say("A cell is running. Stop it, or wait until it is done.");
    const above = cell.isAnswer ? [] : this.cells.slice(0, cell.index);
    const before = above.filter((other) => !this.hasRun(other));
    return this.go([...before, cell], before.length);
  }

  /** Words for how long cells take, by what was measured; for a moment, none. */
  howLong(cells) {
    const sum = cells.reduce((total, cell) => total + (this.seconds[cell.index] ?? 0.1), 0);
    return sum < 4 ? "" : sum < 90 ? `, about ${Math.ceil(sum / 5) * 5} s` : `, about ${Math.ceil(sum / 60)} min`;
  }

  async runAll() {
    if (this.running) return;
    if (this.cells.some(this.hasRun)) this.session.stop();
    return this.go(this.cells, 0);
  }

  /** Run cells in turn, until one fails; the first `before` of them are run because the last one needs them. */
  async go(cells, before) {
    const started = performance.now();
    const { state } = this.session;
    const long = this.howLong(cells);
    this.bar.busy(true);
    for (const [i, cell] of cells.entries()) {
      this.running = cell;
      const which = cells.length === 1 ? "Running the cell" : `Running cell ${i + 1} of ${cells.length}`;
      const why = i < before ? "; the cells above are run first, as this one may need them" : "";
      this.bar.show(i, cells.length > 1 ? cells.length : 0);
      this.bar.say(`${which}${long}${why} …`);
      const result = await cell.execute(this.session, (message) => this.bar.show(message.done, message.total));
      this.running = null;
      if (result.failed || result.ended) {
        this.finish(this.wordsOfFailure(cell, result, i < before));
        return false;
      }
      if (this.session.state !== state) return false;
    }
    this.finish(`Done, in ${seconds((performance.now() - started) / 1000)}.`);
    return true;
  }

  wordsOfFailure(cell, { ended }, wasBefore) {
    if (ended) return `${ended} What the cells had computed is gone; they are run again when they are needed.`;
    return wasBefore ? `${capital(cell.title)} above, which is run first, failed.` : `${capital(cell.title)} failed; see what it says.`;
  }

  finish(words) {
    this.bar.busy(false);
    this.bar.say(words);
    for (const cell of this.cells) cell.update();
  }

  stop() {
    if (this.running) this.session.stop();
  }

  reset() {
    if (this.cells.some((cell) => cell.isEdited) && !confirm("Put all cells back as they are in the book?")) return;
    this.session.stop();
    for (const cell of this.cells) cell.putBack();
    this.bar.say("All is as in the book, and Python is new.");
  }

  /** Go on to the next cell, if there is one. */
  focusAfter(cell) {
    (this.cells[cell.index + 1] ?? cell).focus();
  }
}
