// What can be found, and the order in which it is.
import MiniSearch from "minisearch";
import aliases from "./aliases.json" with { type: "json" };
import { formulaWords } from "./tex.mjs";
import { asked, formulasIn, numberWords, words } from "./words.mjs";

const BOOST = { number: 40, name: 20, title: 6, formula: 3, shown: 2, text: 1 };
// Things that answer a question come before those that only mention the word.
const WORTH = {
  page: 1.3, section: 1.1, symbol: 1.6, equation: 2, solution: 0.5, function: 0.6, class: 0.6, method: 0.4, property: 0.4,
};
const ASIDE = /^book\/(lecturers|concordance|benchmarks)|_study_/; // a chapter comes before its study
const API = /^book\/api/; // the functions there are looked for, hardly the headings
const SLICE = 12; // ms; then the page has its turn
const PHRASES = aliases.groups.map((group) => group.map((phrase) => words(phrase)));
const isExact = (word) => /[:·]|^\d/.test(word);

function worth({ kind }, page) {
  const isAside = ASIDE.test(page) || (kind === "section" && API.test(page));
  return (WORTH[kind] ?? 1) * (isAside ? 0.5 : 1);
}

/** An entry as `search_index.py` wrote it. */
export function unfold([kind, page, anchor, name, title, text, names, related], id) {
  return { id, kind, page, anchor, name, title, text, names, related };
}

/** The words under which an entry is found. The title of a function is its call, of which the name alone counts. */
function fields({ id, kind, name, title, text, names }, formulas) {
  const isCode = ["function", "class", "method", "property"].includes(kind);
  const [whole, ...parts] = isCode ? words(name) : [];
  return {
    id,
    number: numberWords(kind, name, title),
    name: isCode ? [whole] : [],
    title: isCode ? parts : [...words(title), ...formulas(title)],
    formula: formulas(text),
    shown: words(names),
    text: words(isCode ? `${title} ${text}` : text),
  };
}

/** The index of all entries, made piece by piece, so that the page stays alive. */
export async function makeIndex(data) {
  const entries = data.entries.map(unfold);
  const index = new MiniSearch({
    fields: Object.keys(BOOST),
    stringifyField: (value) => value,
    tokenize: (value) => value,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: (term) => [term],
      boost: BOOST,
      boostDocument: (id) => worth(entries[id], data.pages[entries[id].page][0]),
      prefix: (term) => term.length > 2 && !isExact(term),
      fuzzy: (term) => (term.length > 4 && !isExact(term) ? 0.2 : false),
      maxFuzzy: 2,
      weights: { prefix: 0.5, fuzzy: 0.15 },
    },
  });
  const made = data.tex.map(formulaWords);
  const formulas = (text) => formulasIn(text).flatMap((n) => made[n]);
  let pause = performance.now() + SLICE;
  for (const entry of entries) {
    index.add(fields(entry, formulas));
    if (performance.now() > pause) {
      await new Promise((resume) => setTimeout(resume));
      pause = performance.now() + SLICE;
    }
  }
  return { entries, index, pages: data.pages };
}

/** The words with each known name beside what it stands for: "bptt" or "backpropagation through time". */
function withAliases(all) {
  const query = [];
  for (let i = 0; i < all.length; ) {
    const [group, length] = PHRASES.map((phrases) => [
      phrases,
      Math.max(0, ...phrases.filter((phrase) => phrase.every((word, j) => word === all[i + j])).map((p) => p.length)),
    ]).reduce((best, one) => (one[1] > best[1] ? one : best));
    if (length) query.push({ combineWith: "OR", queries: group.map((queries) => ({ combineWith: "AND", queries })) });
    else query.push(all[i]);
    i += length || 1;
  }
  return query;
}

/** The entries that answer a query, best first, each with the words that it was found by. */
export function search({ entries, index, pages }, text) {
  const { numbers, all, pairs } = asked(text);
  if (!numbers.length && !all.length) return [];
  const find = (combineWith) =>
    index.search({ combineWith: "OR", queries: [...numbers, ...pairs, { combineWith, queries: withAliases(all) }] });
  let found = find("AND");
  if (!found.length) found = find("OR");
  const asTitle = all.join(" ");
  return found
    .map(({ id, terms, score }) => {
      const entry = entries[id];
      const isTitle = words(entry.title).join(" ") === asTitle && worth(entry, pages[entry.page][0]) > 1;
      return { entry, terms: new Set(terms), score: isTitle ? 2 * score : score };
    })
    .sort((one, other) => other.score - one.score);
}
