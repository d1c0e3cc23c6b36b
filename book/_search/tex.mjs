// A formula in TeX as a list of its letters, each with its subscript, so that it can be found by names of letters.
import aliases from "./aliases.json" with { type: "json" };

const { greek } = aliases;
const NAMES = new Set(Object.values(greek));
// Commands that only say how something looks; what stands after them counts.
const LOOKS =
  /^\\(math\w+|boldsymbol|bm|bar|hat|tilde|overline|underline|vec|dot|ddot|widehat|widetilde|[bB]igg?[lrm]?|left|right|[,;:! ]|q?quad|cdot|times|circ|odot|displaystyle|textstyle|tfrac|dfrac|frac|sqrt|limits|nolimits|,)$/;
const TOKENS = /\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|[\p{L}]|[^\s]/gu;
const TYPED = /\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|[\p{L}]+|[^\s]/gu;

/** The name of a letter as it stands in TeX, "" where the token is no letter. */
function letter(token) {
  const name = token.replace(/^\\(var)?/, "").toLowerCase();
  if (token[0] === "\\") return NAMES.has(name) ? name : "";
  return /^\p{L}+$/u.test(token) ? [...name].map((sign) => greek[sign] ?? sign).join("") : "";
}

/**
 * The letters of a formula: {base, sub, change, near}. `change` is set after ∂ or in a quotient as dL/dW, `near` where
 * nothing stands between a letter and the one before. What a reader typed may hold words, as in "loss \rho".
 */
export function letters(tex, typed = false) {
  const tokens = tex.match(typed ? TYPED : TOKENS) ?? [];
  const found = [];
  let at = 0;
  let change = false;
  let near = false;

  /** The tokens of the group or the one token that begins here. */
  function group() {
    if (tokens[at] !== "{") return at < tokens.length ? [tokens[at++]] : [];
    const start = ++at;
    for (let depth = 1; at < tokens.length; at++) {
      if (tokens[at] === "{") depth++;
      if (tokens[at] === "}" && --depth === 0) break;
    }
    return tokens.slice(start, at++);
  }

  const named = (those) => those.map((token) => letter(token) || (/^\d/.test(token) ? token : "")).join("");

  while (at < tokens.length) {
    const token = tokens[at++];
    if (token === "_") {
      const sub = named(group());
      if (found.length && sub) found.at(-1).sub += sub;
    } else if (token === "^") {
      for (const base of group().filter((t) => t[0] === "\\").map(letter)) if (base) found.push({ base, sub: "" });
      near = near && found.length > 0;
    } else if (/^\\(text\w*|operatorname|mathrm|tag|label|begin|end)$/.test(token)) {
      const word = named(group());
      if (!/^\\(tag|label|begin|end)$/.test(token) && word) found.push({ base: word, sub: "" });
      near = false;
    } else if (token === "\\partial" || token === "∂") {
      change = true;
      if (tokens[at] === "^") at++, group();
    } else if (letter(token)) {
      found.push({ base: letter(token), sub: "", change, near });
      change = false;
      near = true;
    } else if (!/^[{}&]$/.test(token) && !LOOKS.test(token)) {
      near = false;
      if (token === "/" && found.length) found.at(-1).over = true;
    }
    if (/^\\[td]?frac$/.test(token) && tokens[at] === "{") splitFraction();
  }
  return found;

  /** Write a slash between the two groups of a fraction, so that \frac{a}{b} is read as a/b. */
  function splitFraction() {
    const start = at;
    const above = group();
    const below = group();
    tokens.splice(start, at - start, "(", ...above, "/", ...below, ")");
    at = start;
  }
}

/** Under which words a formula is found: each letter alone and with its subscript, and letters that stand together. */
export function formulaWords(tex) {
  const words = [];
  const list = letters(tex);
  list.forEach((one, i) => {
    const next = list[i + 1];
    words.push(one.base);
    if (one.sub) words.push(one.sub, one.base + one.sub);
    if (one.change) words.push(`d${one.base}${one.sub}`);
    if (next?.near) words.push(`${one.base}·${next.base}`);
    if (one.over && one.change && next?.change) words.push(`d${one.base}${one.sub}/d${next.base}${next.sub}`);
  });
  return words;
}

/** What a reader who typed TeX looks for: words that all must be there, and pairs that count more. */
export function typedFormula(tex) {
  const list = letters(tex, true);
  const all = [];
  const pairs = [];
  for (let i = 0; i < list.length; i++) {
    const [one, next] = [list[i], list[i + 1]];
    if (one.over && one.change && next?.change) {
      all.push(`d${one.base}${one.sub}/d${next.base}${next.sub}`);
      i++;
    } else all.push(`${one.change ? "d" : ""}${one.base}${one.sub}`);
    if (next?.near && !one.sub) pairs.push(`${one.base}·${next.base}`);
  }
  return { all, pairs };
}
