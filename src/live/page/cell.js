// One cell: its code, which can be edited in place and put back; its buttons; its output beside the stored one.
import { button, element } from "./elements.js";
import { openEditor } from "./editor.js";
import { Output } from "./output.js";

const SHOW_SOURCE = /^show_source\(([\w.,\s]+)\)$/;
export const capital = (text) => text[0].toUpperCase() + text.slice(1);
const words = (value) => (value < 0.1 ? "ran" : `ran in ${value.toFixed(1)} s`);

export class Cell {
  constructor(root, index, chapter) {
    Object.assign(this, { root, index, chapter, ranIn: null, rewrittenIn: null, editor: null, isEdited: false });
    this.code = root.querySelector(".cell_input pre").textContent.replace(/\n$/, "");
    this.stored = [...root.querySelectorAll(".cell_output")];
    // Where the cell shows functions of the book, these are what the reader edits.
    const shown = SHOW_SOURCE.exec(this.code.trim());
    const source = shown && this.stored[0]?.querySelector("pre");
    this.functions = source ? shown[1].split(",").map((name) => name.trim()).filter(Boolean) : null;
    this.original = source ? source.textContent.replace(/\n$/, "") : this.code;
    this.text = this.original;
    this.home = source ? this.stored[0] : root.querySelector(".cell_input .highlight, .cell_input pre");
    // The marks of a check stand in the line that folds it.
    const marks = [...root.querySelectorAll(".fold-check > summary > span")].map((mark) => mark.textContent.trim());
    this.marks = marks.length ? marks.join("\n") : null;
    this.isExplorer = root.querySelector(".explorer") !== null;
    this.output = new Output(this);
    this.makeTools();
    root.addEventListener("live:put", ({ detail }) => this.put(detail)); // from the page Try it
    if (root.classList.contains("live-try")) this.edit({ focus: false });
  }

  /** Begin with another text. */
  put(text) {
    const wasOpen = this.editor !== null;
    this.original = text;
    this.ranIn = null;
    this.putBack();
    if (wasOpen) this.edit({ focus: false });
  }

  /** What the cell is called. */
  get title() {
    return `cell ${this.index + 1}`;
  }

  /** What running it is called. */
  get verb() {
    return "Run";
  }

  makeTools() {
    const name = this.title;
    this.runButton = button(this.verb, () => this.onRun(), { ariaLabel: `${this.verb} ${name}` });
    this.editButton = button("Edit", () => this.edit(), { ariaLabel: `Edit ${name}` });
    this.backButton = button("Put back", () => this.putBack(), { ariaLabel: `Put back ${name}`, hidden: true });
    this.status = element("span", { className: "live-status" });
    this.tools = element("div", { className: "live-tools", role: "group", ariaLabel: capital(name) });
    this.tools.append(this.runButton, this.editButton, this.backButton, this.status);
    // Outside of any fold, so that a folded cell can be run.
    const top = [...this.root.children].find((child) => child.contains(this.home));
    top.after(this.tools);
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      this.onRun();
      if (event.shiftKey) this.chapter.focusAfter(this);
    }, { capture: true });
  }

  focus() {
    this.runButton.focus();
    this.tools.scrollIntoView({ block: "nearest" });
  }

  onRun() {
    if (this.chapter.running === this) this.chapter.stop();
    else this.chapter.run(this);
  }

  edit({ focus = true } = {}) {
    if (!this.editor) {
      for (let fold = this.home.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      this.home.hidden = true;
      this.place = element("div", { className: "live-editor highlight" });
      this.home.after(this.place);
      this.editor = openEditor({
        parent: this.place,
        text: this.text,
        label: this.functions ? `Source of ${this.functions.join(", ")}` : `Code of ${this.title}`,
        onChange: (text) => this.change(text),
        onLeave: () => this.runButton.focus(),
      });
    }
    if (focus) this.editor.focus();
  }

  change(text) {
    this.text = text;
    this.isEdited = text !== this.original;
    this.ranIn = null;
    this.root.dispatchEvent(new CustomEvent("live:text", { detail: text }));
    this.update();
  }

  /** Whether the Python that is there now has the reader's version of the functions. */
  get isRewritten() {
    return this.rewrittenIn !== null && this.rewrittenIn === this.chapter.session.state;
  }

  /** What this cell asks Python to do. */
  get command() {
    const name = `<${this.title}>`;
    if (!this.functions) return { do: "run", code: this.text, name };
    if (this.isEdited) return { do: "rewrite", change: { functions: this.functions, source: this.text, place: name } };
    if (this.isRewritten) return { do: "restore", functions: this.functions };
    return { do: "run", code: this.code, name };
  }

  async execute(session, onProgress) {
    const { command } = this;
    const { state } = session;
    this.root.classList.add("live-running");
    this.status.textContent = "running …";
    this.nameRunButton("Stop");
    this.output.begin();
    const result = await session.run(command, (message) =>
      message.kind === "progress" ? onProgress(message) : this.hear(message),
    );
    const same = this.output.end(result);
    this.root.classList.remove("live-running");
    this.nameRunButton(this.verb);
    this.ranIn = result.failed ? null : state;
    if (!result.failed && (command.do !== "run" || this.isEdited)) this.chapter.outdate(this);
    if (!result.failed) this.rewrittenIn = command.do === "rewrite" ? state : null;
    this.status.textContent = result.ended ? "stopped" : result.failed ? "failed" : this.wordsOf(command, result, same);
    this.update();
    return result;
  }

  hear(message) {
    this.output.add(message);
  }

  nameRunButton(word) {
    this.runButton.textContent = word;
    this.runButton.ariaLabel = `${word} ${this.title}`;
  }

  wordsOf(command, { seconds }, same) {
    if (command.do === "rewrite") return "in use: the cells below see your version";
    if (command.do === "restore") return "in use: the book’s own version";
    return same ? `${words(seconds)}: as in the book` : words(seconds);
  }

  update() {
    this.backButton.hidden = !(this.isEdited || this.output.isShown || this.editor);
    this.root.classList.toggle("live-edited", this.isEdited);
  }

  /** Show the book's code and output again. */
  putBack() {
    const focused = this.root.contains(document.activeElement);
    this.editor?.destroy();
    this.place?.remove();
    this.editor = null;
    this.home.hidden = false;
    if (this.isEdited) this.ranIn = null;
    this.text = this.original;
    this.isEdited = false;
    this.output.remove();
    this.status.textContent = "";
    this.update();
    if (this.isRewritten) this.chapter.run(this);
    if (focused) this.runButton.focus();
  }
}
