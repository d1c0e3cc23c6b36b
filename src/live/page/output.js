// What a cell shows when the reader runs it: in place of the stored output, and marked as the reader's own.
import { element } from "./elements.js";
import { tableOf } from "./table.js";
import { harmless } from "./harmless.js";

const LONGEST = 400_000; // characters in one output; Python stops a cell sooner, but not what it writes past its streams
const SILENT = "✓ checked"; // what the book says of a check that prints nothing

export class Output {
  constructor(cell) {
    this.cell = cell;
    this.isShown = false;
  }

  begin() {
    this.text = "";
    this.length = 0;
    this.pictures = 0;
    this.keepsExplorer = false;
    this.root?.remove();
    this.body = element("div", { className: "live-body" });
    this.root = element("div", { className: "cell_output live-output docutils container" }, this.body);
    this.isEmpty = true;
    this.clearNext = false;
  }

  /** Take the stored output away at the first sign of a new one. */
  show() {
    if (this.clearNext) this.body.replaceChildren();
    this.clearNext = false;
    if (!this.isEmpty) return;
    this.isEmpty = false;
    this.isShown = true;
    this.root.prepend(element("div", { className: "live-mark" }, "Your run, on this page"));
    for (const stored of this.cell.stored) stored.hidden = true;
    const [stored] = this.cell.stored;
    if (stored && !this.cell.tools.contains(stored) && stored.compareDocumentPosition(this.cell.tools) & 2) stored.before(this.root);
    else this.cell.tools.after(this.root);
  }

  add(message) {
    if (message.kind === "stream") this.addText(message.text, message.name);
    else if (message.kind === "display") this.addDisplay(message.data);
    else if (message.kind === "error") this.addError(message);
    else if (message.kind === "clear") this.clear(message.wait);
  }

  clear(wait) {
    if (wait) this.clearNext = true;
    else this.body.replaceChildren();
  }

  addText(text, name) {
    if (this.length > LONGEST) return;
    this.show();
    this.length += text.length;
    const last = this.body.lastElementChild;
    if (last?.dataset.stream === name) last.querySelector("pre").append(text);
    else this.block(name === "stderr" ? "output stream stderr" : "output stream", text).dataset.stream = name;
  }

  block(className, text) {
    const block = element("div", { className }, element("pre", {}, text));
    this.body.append(block);
    return block;
  }

  addDisplay(data) {
    const { cell } = this;
    if (data["application/x-explorer"] && cell.isExplorer && !cell.isEdited) return (this.keepsExplorer = true);
    if (cell.functions && data["text/plain"] === cell.original) return null;
    this.show();
    if (data["text/html"]) {
      const box = element("div", { className: "output text_html" });
      box.append(harmless(data["text/html"]));
      this.body.append(box);
    } else if (data["image/png"] || data["image/svg+xml"]) this.addPicture(data);
    else if (/^\|.*\|\n\|[-:| ]+\|\n/.test(data["text/markdown"] ?? "")) this.body.append(tableOf(data["text/markdown"]));
    else this.block("output text_plain", data["text/plain"] ?? "");
    return null;
  }

  /** A figure has the words that the book has for it, if the cell is the book's; else those that Python sends. */
  addPicture(data) {
    const stored = this.cell.stored.flatMap((output) => [...output.querySelectorAll("img")])[this.pictures];
    this.pictures += 1;
    const own = data["application/x-explorer"] ? data["text/plain"] : "A figure that this cell drew.";
    const alt = stored?.alt && !this.cell.isEdited ? stored.alt : stored?.alt ? `${own} In the book: ${stored.alt}` : own;
    const png = data["image/png"];
    const src = png ? `data:image/png;base64,${png}` : `data:image/svg+xml,${encodeURIComponent(data["image/svg+xml"])}`;
    const picture = element("img", { alt, src });
    const caption = stored?.closest("figure")?.querySelector("figcaption");
    const box = element("div", { className: "output image_png" }, picture);
    if (caption) box.append(element("div", { className: "live-caption" }, ...caption.cloneNode(true).childNodes));
    this.body.append(box);
  }

  addError({ sentence, text }) {
    this.show();
    if (sentence) this.body.append(element("p", { className: "live-sentence" }, sentence));
    if (text) this.block("output traceback", text.trimEnd());
  }

  /** Finish; returns whether what the cell shows is word for word what the book shows, so that this can stay. */
  end({ ended, failed }) {
    if (ended) this.addError({ sentence: `${ended} What the cells had computed is gone.` });
    const { marks } = this.cell;
    const same = !failed && (this.isEmpty ? this.staysAsItIs() : marks !== null && this.onlyText() === marks);
    const shown = this.body.textContent;
    const holds = !failed && (same || marks === SILENT || marks?.split("\n").every((mark) => shown.includes(mark)));
    this.cell.root.classList.toggle("live-differs", marks !== null && !holds);
    if (this.isEmpty && !same && this.cell.stored.length) {
      this.show();
      this.body.append(element("p", { className: "live-sentence" }, "The cell shows nothing."));
    }
    if (same) this.remove();
    else this.reachable();
    return same;
  }

  /** Whether nothing that is shown now is what the book shows: a function's source, an explorer, silent checks. */
  staysAsItIs() {
    const { functions, isEdited, stored, marks } = this.cell;
    return functions !== null || (!isEdited && (this.keepsExplorer || (marks === SILENT && !stored.length)));
  }

  /** All that is shown, if it is text alone. */
  onlyText() {
    const [stream, ...others] = this.body.children;
    return stream?.dataset.stream === "stdout" && !others.length ? stream.textContent.trim() : null;
  }

  /** What scrolls can be reached with the keyboard. */
  reachable() {
    for (const pre of this.body.querySelectorAll("pre")) if (pre.scrollWidth > pre.clientWidth + 1) pre.tabIndex = 0;
  }

  remove() {
    this.root?.remove();
    this.isShown = false;
    this.cell.root.classList.remove("live-differs");
    const { editor, home, stored } = this.cell;
    for (const output of stored) output.hidden = output === home && editor !== null;
  }
}
