// Take it along: the record, the network, and a Python program that repeats the run.
import { download } from "../../rnn_widgets/kit/export.js";
import { button, element } from "./elements.js";
import { tryItLink } from "./tools/link.js";
import { inSentence, whole } from "./words.js";

const WORDS = {
  csv: "loss, accuracy, norm of the gradient and clipping of each update",
  npz: "all weights, Adam’s state and the record; rnn_core.load_checkpoint opens it",
  text: "the text, which the program reads",
  py: "repeats the run with rnn_core",
};

export function mount(host, app) {
  const make = button("Make the files", prepare, { className: "pg-primary" });
  const words = element("p", { role: "status" });
  const files = element("ul", { className: "pg-files" });
  const code = element("pre", { className: "pg-code", tabIndex: 0, role: "group", ariaLabel: "The program" });
  const copy = button("Copy the program", copyProgram);
  const link = element("a", { target: "_blank", rel: "noopener" }, "Open it in Try it");
  const about = element("p", { className: "pg-note" });
  const program = element("div", { hidden: true }, element("div", { className: "pg-row" }, copy, link), about, code);
  host.append(element("p", { className: "pg-note" }, "The files are made in this page, of the run as it is now."), element("div", { className: "pg-row" }, make), words, files, program);

  async function prepare() {
    if (app.playing) app.pause();
    const { setup, text } = app;
    const made = await app.send({ type: "export" });
    if (made.type === "error") {
      words.textContent = inSentence(made);
      return;
    }
    const updates = made.csv.split("\n").length - 2;
    words.textContent = updates > 0 ? `Made after ${whole(updates)} updates; what is learnt later is not in them.` : "Nothing has been learnt yet: the network is that of the start, and the program makes one update.";
    files.replaceChildren(
      file("run.csv", made.csv, "text/csv;charset=utf-8", WORDS.csv),
      ...made.files.map(({ name, bytes }) => file(name, new Blob([bytes]), "", name.endsWith(".npz") ? which(name) : WORDS.text)),
      file("run.py", made.program, "text/x-python;charset=utf-8", WORDS.py),
    );
    code.textContent = made.program;
    program.hidden = false;
    offer(made.program, setup, updates, text);
  }

  /** The program in the page's own Python; the reader's text does not go into an address. */
  function offer(source, setup, updates, text) {
    const isText = setup.task === "text";
    link.hidden = isText;
    if (isText) link.removeAttribute("href");
    else link.href = tryItLink(source);
    about.textContent = isText
      ? `The program ${text.length > 2000 ? "reads text.txt" : "holds your text"}, which is put into no address: to run it on this site, copy it into the cell of the page Try it${text.length > 2000 ? ", with the text in place of the line that reads the file" : ""}.`
      : `The link puts the program into the cell of the page Try it, where Python runs in the page: it makes all ${whole(Math.max(1, updates))} updates again and prints the last loss. Nothing runs before you press Run.`;
  }

  async function copyProgram() {
    try {
      await navigator.clipboard.writeText(code.textContent);
      words.textContent = "The program is in your clipboard.";
    } catch {
      getSelection().selectAllChildren(code);
      words.textContent = "The program is selected: copy it with the keys of your system.";
    }
  }

  app.on("start", () => {
    files.replaceChildren();
    program.hidden = true;
    words.textContent = "";
  });
}

const which = (name) => `${name.includes("below") ? "the lower layer: " : name.includes("above") ? "the upper layer: " : ""}${WORDS.npz}`;

const file = (name, content, type, words) => element("li", {}, button(name, () => download(name, content, type)), ` ${words}`);
