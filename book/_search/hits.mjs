// Hits as the reader sees them: what it is, where, a line with its formulas, and what belongs to it.
import { formulaWords } from "./tex.mjs";
import { formulasIn, pieces, words } from "./words.mjs";

const LONGEST = 200; // characters of a line
const SHORTEST = 60; // else the next sentence is added
const FIRST_SIGN = 0xa1; // as in search_index.py
const KINDS = {
  page: "Page", section: "Section", symbol: "Symbol", reference: "Reference", solution: "Solution",
  function: "Function", class: "Class", method: "Method", property: "Property",
};
const CODE = new Set(["function", "class", "method", "property"]);

/** An element with a class and what stands in it. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** The line of a text in which most of the words stand that were looked for, and how many. */
export function bestLine(text, terms, tex) {
  const sentences = text.split(/(?<=\n)|(?<=[.!?:] )(?=[\p{Lu}⟦“(])/u);
  const worth = sentences.map((sentence) => {
    const here = new Set([...words(sentence), ...formulasIn(sentence).flatMap((n) => formulaWords(tex[n]))]);
    return [...here].filter((word) => terms.has(word)).length;
  });
  const most = Math.max(...worth);
  const at = worth.indexOf(most);
  let line = sentences[at];
  for (let next = at + 1; line.length < SHORTEST && next < sentences.length; next++) line += sentences[next];
  return [shorten(line.replace(/\n/g, " ").trim(), terms), most];
}

function shorten(line, terms) {
  const parts = line.split(" ");
  if (line.length <= LONGEST) return line;
  const hit = Math.max(0, parts.findIndex((part) => words(part).some((word) => terms.has(word))));
  let first = Math.max(0, hit - 8);
  let length = 0;
  let last = first;
  while (last < parts.length && length < LONGEST) length += parts[last++].replace(/⟦\d+⟧/g, "formula").length + 1;
  if (first < 3) first = 0;
  return `${first ? "… " : ""}${parts.slice(first, last).join(" ")}${last < parts.length ? " …" : ""}`;
}

/** Makes the list of hits of one site. */
export class Hits {
  constructor({ pages, tex, elements, formulas }, entries, root) {
    Object.assign(this, { pages, tex, elements, formulas, entries, root });
  }

  /** A list of hits, those of one page together. */
  list(hits) {
    const groups = new Map();
    for (const hit of hits) {
      const { page } = hit.entry;
      groups.set(page, [...(groups.get(page) ?? []), hit]);
    }
    const list = element("ul", "search-pages");
    for (const [page, those] of groups) {
      const title = element("p", "search-page");
      title.append(...this.text(this.pages[page][1]));
      list.append(element("li", "", title, element("ul", "search-hits", ...those.map((hit) => this.hit(hit)))));
    }
    return list;
  }

  hit({ entry, terms }) {
    const made = element("li", "search-hit", this.link(entry, terms), this.line(entry, terms));
    if (entry.related.length) {
      const belongs = element("p", "search-belongs", "With it: ");
      entry.related.forEach((id, i) => belongs.append(i ? ", " : "", this.link(this.entries[id])));
      made.append(belongs);
    }
    return made;
  }

  /** A link to an entry, with what it is before its title. */
  link(entry, terms) {
    const { kind, name, title, page, anchor } = entry;
    const link = element("a", terms ? "search-link" : "");
    link.href = `${this.root}${this.pages[page][0]}${anchor && `#${encodeURI(anchor)}`}`;
    const isCode = CODE.has(kind);
    const label = isCode ? KINDS[kind] : name || KINDS[kind];
    const shown = isCode ? [element("code", "", name)] : this.text(title, terms);
    if (!terms) link.append(...(isCode ? shown : name ? [name] : shown));
    else if (isCode || title) link.append(element("span", "search-kind", label), " ", element("span", "search-title", ...shown));
    else link.append(element("span", "search-title", label));
    return link;
  }

  /** A line that says why it is a hit: its text, or the name in its code; a function's has its call. */
  line({ kind, text, title, names }, terms) {
    const line = element("p", "search-line");
    if (CODE.has(kind)) line.append(element("code", "", title), " ");
    if (kind === "equation" || kind === "symbol") {
      line.append(...this.text(text.replace(/\n/g, kind === "symbol" ? " · " : " "), terms));
    } else {
      const [chosen, count] = bestLine(text, terms, this.tex);
      const name = names.split(" ").find((one) => terms.has(words(one)[0]));
      line.append(...this.text(chosen, terms));
      if (!count && name) line.append(" In its code: ", element("code", "", element("mark", "", name)), ".");
    }
    return line;
  }

  /** A text with its formulas set, and with the words marked that were looked for. */
  text(text, terms = new Set()) {
    return pieces(text).map((piece) => {
      if (typeof piece === "number") return this.formula(piece, terms);
      return words(piece).some((word) => terms.has(word)) ? element("mark", "", piece) : piece;
    });
  }

  formula(n, terms) {
    const box = element("span", "math");
    box.innerHTML = [...this.formulas[n]].map((sign) => this.elements[sign.codePointAt(0) - FIRST_SIGN]).join("");
    box.firstElementChild.dataset.tex = this.tex[n];
    if (formulaWords(this.tex[n]).some((word) => terms.has(word))) box.classList.add("search-found");
    return box;
  }
}
