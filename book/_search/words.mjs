// The words of a text, made the same way from the pages and from what the reader types.
import aliases from "./aliases.json" with { type: "json" };
import { typedFormula } from "./tex.mjs";

const { greek, kinds, stop } = aliases;
const STOP = new Set(stop.split(" "));
const GREEK = new RegExp(`[${Object.keys(greek).join("")}]`, "u");
const GREEKS = new RegExp(`^[${Object.keys(greek).join("")}]+$`, "u");
const NAMES = new Set(Object.values(greek));
export const FORMULA = /⟦(\d+)⟧/g;
// A quotient as dL/dW, a number as 9.2.3, 9R.2 or 4S.1, a word or a name in code.
const WORD = /[d∂][\p{L}]\w*\s*\/\s*[d∂][\p{L}]\w*|\d+[a-z]?(?:\.\d+)+|\d+r?(?!\p{L})|\d+|[\p{L}_][\p{L}\p{M}\p{N}_]*/gu;
const KIND = new Map(Object.entries(kinds).flatMap(([kind, words]) => words.map((word) => [word, kind])));
const NUMBERED = new RegExp(
  `\\b(${[...KIND.keys()].join("|")})s?\\.?\\s*\\(?(\\d+[a-z]?(?:\\.\\d+)*|[a-z]\\.\\d+)\\)?(?![\\w.]*\\d)`,
  "gu",
);

/** Small letters without accents, in their plainest form. */
export const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/(?<=\p{L})['’]s(?!\p{L})/gu, "");

/** The singular of a word, roughly; the same for all forms is enough. */
const stem = (word) => (word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word);

/** The words that one match of WORD stands for: the whole first, then its parts. */
function forms(match) {
  if (match.includes("/")) {
    const [above, below] = match.replace(/\s/g, "").split("/").map((part) => `d${spell(part.slice(1))}`);
    return [`${above}/${below}`, above, below];
  }
  if (/^\d/.test(match)) return [match];
  if (GREEKS.test(match)) return greekRun(match);
  if (GREEK.test(match)) match = match.split("_").map(spell).join("_");
  if (!match.includes("_")) return [stem(match)];
  const parts = match.split("_").filter(Boolean);
  return parts.length > 1 ? [parts.join(""), ...parts.map(stem)] : [stem(parts.join(""))];
}

/** "γρ" is found as a formula is: by its letters, and more by their standing together. */
function greekRun(match) {
  const { all, pairs } = typedFormula([...match].join(" "));
  return [...all, ...pairs];
}

const spell = (word) => [...word].map((sign) => greek[sign] ?? sign).join("");

/** All words of a text; the formulas in it are left to `formulaWords`. */
export function words(text) {
  return [...fold(text.replace(FORMULA, " ")).matchAll(WORD)].flatMap(([match]) => (STOP.has(match) ? [] : forms(match)));
}

/** Which formulas stand in a text, by their places in the list of all. */
export const formulasIn = (text) => [...text.matchAll(FORMULA)].map(([, n]) => Number(n));

/** A text cut into formulas (numbers) and the rest (strings), each word apart. */
export const pieces = (text) =>
  text.split(/(⟦\d+⟧|[\p{L}\p{M}\p{N}_]+(?:\.\d+)*)/u).map((piece) => (piece[0] === "⟦" ? Number(piece.slice(1, -1)) : piece));

/** What is cited by a number in a text that has no other: [kind, number], as in "Theorem 9.4" or "(20)". */
function numbers(folded) {
  const cited = [...folded.matchAll(NUMBERED)].map(([, word, number]) => [KIND.get(word), number]);
  const alone = /^\s*\((\d+)\)\s*$/.exec(folded);
  return alone ? [["equation", alone[1]]] : cited;
}

/** Under which numbers an entry is found: by its kind, and, as the kind is soon forgotten, by the number alone. */
export function numberWords(kind, name, title) {
  const text = kind === "section" || kind === "page" ? `section ${/^\d+R?(\.\d+)*(?= )/.exec(title)?.[0] ?? ""}` : name;
  return numbers(fold(text)).flatMap(([what, number]) => [`${what}:${number}`, `any:${number}`]);
}

/**
 * What a reader looks for: `numbers` as "equation:20", `all` words, which must all be there, and `pairs`, which
 * count more. The numbers' own words are not among the words.
 */
export function asked(query) {
  const folded = fold(query);
  const cited = numbers(folded);
  const rest = /^\s*\(\d+\)\s*$/.test(folded) ? "" : folded.replace(NUMBERED, " ");
  const exact = cited.flatMap(([kind, number]) =>
    ["equation", "section", "figure", "exercise"].includes(kind) ? [`${kind}:${number}`] : [`${kind}:${number}`, `any:${number}`],
  );
  if (/^\s*\d+r?(\.\d+)*\s*$/.test(rest)) exact.push(`any:${rest.trim()}`);
  const { all, pairs } = /\\|[_^]\{/.test(query) ? typedFormula(query) : plainWords(rest);
  return { numbers: exact, all: [...new Set(all)], pairs: [...new Set(pairs)] };
}

function plainWords(folded) {
  const all = [];
  const pairs = [];
  const matches = [...folded.matchAll(WORD)].map(([match]) => match);
  for (const match of matches.filter((one) => !STOP.has(one))) {
    const [first, ...others] = forms(match);
    const before = all.at(-1);
    if (NAMES.has(first) && NAMES.has(before)) pairs.push(`${before}·${first}`);
    if (before?.length === 1 && first.length < 3) pairs.push(before + first); // a letter and its subscript
    all.push(first);
    if (GREEKS.test(match)) {
      all.push(...others.filter((word) => !word.includes("·")));
      pairs.push(...others.filter((word) => word.includes("·")));
    }
  }
  return { all, pairs };
}
