// The search as the reader meets it: in the dialog that Ctrl+K opens, and on the page for searching.
import { makeIndex, search } from "./engine.mjs";
import { Hits, element } from "./hits.mjs";

const data = globalThis.bookSearch;
const root = document.documentElement.dataset.content_root;
const index = makeIndex(data);
const FEW = 12; // in the dialog
const MANY = 60; // on the page

/** Boxes that scroll sideways can be reached with the keyboard. */
function reach(box) {
  for (const formula of box.querySelectorAll(".search-line mjx-container")) {
    if (formula.scrollWidth > formula.clientWidth + 1) formula.tabIndex = 0;
  }
}

function count(number, shown) {
  if (!number) return "Nothing was found. A symbol, a number as (20), a word or a function’s name may lead there.";
  const all = number === 1 ? "1 hit" : `${number} hits`;
  return shown < number ? `${all}; the first ${shown} are shown` : all;
}

/** Search while the reader types into a field; the hits stand in a box after it. */
function attach(form, box, most) {
  const input = form.querySelector("input");
  const status = element("p", "search-status");
  status.setAttribute("role", "status");
  const list = element("div", "search-list");
  box.append(status, list);
  let latest = 0;

  async function update() {
    const mine = ++latest;
    const query = input.value.trim();
    if (!query) {
      status.textContent = "";
      list.replaceChildren();
      return;
    }
    if (!list.firstChild) status.textContent = "Searching …";
    const { entries, ...made } = await index;
    if (mine !== latest) return;
    const found = search({ entries, ...made }, query);
    const shown = found.slice(0, most);
    status.textContent = count(found.length, shown.length);
    list.replaceChildren(new Hits(data, entries, root).list(shown));
    if (most === FEW && shown.length < found.length) {
      const all = element("a", "search-all", "Show them all");
      all.href = `${root}search.html?q=${encodeURIComponent(query)}`;
      list.append(all);
    }
    reach(list);
  }

  /** The arrow keys go from the field to the hits and back. */
  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...box.querySelectorAll(".search-link, .search-all")];
    const at = stops.indexOf(document.activeElement);
    if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = stops[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next === input) input.select();
  }

  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 60);
  });
  box.parentElement.addEventListener("keydown", move);
  update();
  return update;
}

const dialog = document.getElementById("pst-search-dialog");
const inDialog = dialog?.querySelector("form.bd-search");
if (inDialog) {
  const box = element("div", "search-panel");
  dialog.append(box);
  attach(inDialog, box, FEW);
  // A hit on this page is gone to while the dialog is still open.
  box.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
}

const onPage = document.querySelector(".bd-search-container form.bd-search");
if (onPage) {
  const asked = new URLSearchParams(location.search).get("q");
  const input = onPage.querySelector("input");
  if (asked && !input.value) input.value = asked;
  attach(onPage, document.getElementById("search-results"), MANY);
}
