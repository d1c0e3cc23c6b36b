// The page My progress: what was tried, solved and is due again; export, import, delete.
import { each, find, say } from "./dom.js";
import { all, dueNow, isStored, replaceAll } from "./record.js";

const PREFIX = "rnn-book:";
const root = find(document, ".my-progress");
const said = find(root, ".progress-said");

/** Everything that the book keeps in this browser, by its key. */
function everything() {
  const kept = {};
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      const key = localStorage.key(i);
      if (key.startsWith(PREFIX)) kept[key] = localStorage.getItem(key);
    }
  } catch {
    kept[`${PREFIX}exercises`] = JSON.stringify(all());
  }
  return kept;
}

function wordsOf({ solved, tries, hints, gaveUp, due }, isDue) {
  const words = [];
  if (typeof solved === "string") words.push(`solved on ${solved.slice(0, 10)}`);
  else if (gaveUp) words.push("solution seen");
  else if (tries) words.push("tried");
  if (tries) words.push(tries === 1 ? "one try" : `${tries} tries`);
  if (hints) words.push(hints === 1 ? "one hint" : `${hints} hints`);
  if (isDue) words.push("due again");
  else if (Number.isFinite(due)) words.push(`comes back on ${new Date(due).toISOString().slice(0, 10)}`);
  return words.join(", ");
}

function show() {
  const entries = all();
  const due = new Set(dueNow());
  each(root, ".progress-list > li", (item) => {
    say(find(item, ".progress-state"), wordsOf(entries[item.dataset.exercise] ?? {}, due.has(item.dataset.exercise)));
  });
  const items = each(root, ".progress-list > li", (item) => item);
  const solved = items.filter((item) => entries[item.dataset.exercise]?.solved).length;
  const guesses = Object.entries(everything()).filter(([key, text]) => key.startsWith(`${PREFIX}explorer:`) && hasGuess(text)).length;
  say(
    find(root, ".progress-sum"),
    `${solved} of ${items.length} exercises solved, ${due.size} due again, ${guesses === 1 ? "one guess" : `${guesses} guesses`} made before an explorer answered.`,
  );
  if (!isStored()) say(said, "This browser keeps nothing for this page: what you do is forgotten when the page is closed.");
}

/** Whether an explorer's record holds an answer to its question. */
function hasGuess(text) {
  try {
    return JSON.parse(text)?.prediction?.stage === "answered";
  } catch {
    return false;
  }
}

function save() {
  const file = new Blob([JSON.stringify(everything(), null, 1)], { type: "application/json" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: "my-progress.json" });
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Take over what was saved; what is not the book's, or cannot be read, is left out, and that is said. */
async function load(file) {
  try {
    const saved = JSON.parse(await file.text());
    const entries = Object.entries(saved).filter(([key, text]) => key.startsWith(PREFIX) && isObject(text));
    if (!entries.length) throw new Error("nothing of the book is in it");
    for (const [key, text] of entries) {
      if (key === `${PREFIX}exercises`) replaceAll(JSON.parse(text));
      else localStorage.setItem(key, text);
    }
    say(said, "Your progress was taken over from the file.");
  } catch {
    say(said, "This is no file that the book saved. Nothing was changed.");
  }
  show();
}

function isObject(text) {
  const value = JSON.parse(text);
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The playground's runs, which are too large for the other storage. A tab that has them open lets go of them at once. */
function removeRuns() {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.deleteDatabase("rnn-book:playground");
      request.onsuccess = request.onerror = resolve;
    } catch {
      resolve(); // nothing was kept
    }
  });
}

async function remove() {
  if (!confirm("Delete everything that the book keeps in this browser?")) return;
  for (const key of Object.keys(everything())) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  }
  replaceAll({});
  show();
  await removeRuns();
  say(said, "All is deleted.");
}

find(root, ".progress-save").addEventListener("click", save);
find(root, ".progress-load").addEventListener("change", ({ target }) => {
  if (target.files.length) load(target.files[0]);
  target.value = "";
});
find(root, ".progress-delete").addEventListener("click", remove);
addEventListener("storage", show);
show();
