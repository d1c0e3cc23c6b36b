// The editor in place of a cell's code: CodeMirror, in the colours that the page's code has.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// The classes of Pygments, whose style sheet the page has, in light and in dark.
const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, class: "k" },
  { tag: [tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], class: "k" },
  { tag: tags.operatorKeyword, class: "ow" },
  { tag: [tags.bool, tags.null], class: "kc" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
  { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.string, class: "s1" },
  { tag: tags.special(tags.string), class: "sa" },
  { tag: tags.number, class: "mi" },
  { tag: tags.comment, class: "c1" },
  { tag: tags.operator, class: "o" },
  { tag: tags.punctuation, class: "p" },
]);

/** Open an editor. Tab leaves it, as everywhere on the page; Ctrl+] and Ctrl+[ indent; Escape goes to the Run button. */
export function openEditor({ parent, text, label, onChange, onLeave }) {
  const leave = { key: "Escape", run: () => (onLeave(), true) };
  const state = EditorState.create({
    doc: text,
    extensions: [
      history(),
      python(),
      indentUnit.of("    "),
      indentOnInput(),
      bracketMatching(),
      syntaxHighlighting(COLOURS),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label }),
      EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
      keymap.of([leave, ...defaultKeymap, ...historyKeymap]),
    ],
  });
  return new EditorView({ state, parent });
}
