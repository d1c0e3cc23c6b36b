// The cell in which a reader writes the function that an exercise asks for. To run it is to have it judged.
import { Cell } from "./cell.js";

export class AnswerCell extends Cell {
  isAnswer = true;

  constructor(root, index, chapter) {
    super(root, index, chapter);
    this.edit({ focus: false });
    if (root.classList.contains("live-wanted")) this.focusEditor();
    root.dispatchEvent(new CustomEvent("live:ready"));
  }

  get title() {
    return "your function";
  }

  get verb() {
    return "Check";
  }

  focusEditor() {
    this.editor.focus();
    this.root.scrollIntoView({ block: "center" });
  }

  get command() {
    const given = [this.root.dataset.exercise, this.text].map((each) => JSON.stringify(each)).join(", ");
    return { do: "run", code: `__import__("rnn_exercises").judge(${given})`, name: "<judge>" };
  }

  hear(message) {
    const verdict = message.kind === "display" && message.data["application/x-verdict"];
    if (verdict) this.root.dispatchEvent(new CustomEvent("live:verdict", { detail: JSON.parse(verdict) }));
    else super.hear(message);
  }
}
