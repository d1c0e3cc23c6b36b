// The words of the pages and those that a reader types are the same, however a formula is written.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const module = (name) => import(pathToFileURL(join(process.env.RNN_SEARCH, name)));
const { asked, formulasIn, numberWords, pieces, words } = await module("words.mjs");
const { formulaWords } = await module("tex.mjs");
const { makeIndex, search } = await module("engine.mjs");

const all = (query) => asked(query).all;

/** Whether a formula is found by a query: each word of the query is one of the formula's. */
const leads = (query, tex) => {
  const there = formulaWords(tex);
  const { all, pairs } = asked(query);
  assert.ok(all.length, query);
  return [...all, ...pairs].every((word) => there.some((one) => one === word || (word.includes("/") && one.startsWith(word))));
};

test("a formula is found by every way to write it", () => {
  for (const query of ["γρ", "gamma rho", "\\gamma\\rho", "\\gamma \\rho", "\\gamma\\,\\rho", "Gamma Rho"])
    for (const tex of ["(\\gamma\\rho)^{t-i}", "\\gamma\\cdot\\rho < 1", "\\boldsymbol{\\gamma}\\,\\rho"])
      assert.ok(leads(query, tex), `${query} in ${tex}`);
  for (const query of ["W_hh", "Whh", "W hh", "\\mathbf{W}_{hh}", "W_{hh}", "w_hh"])
    for (const tex of ["\\mathbf{W}_{hh}", "r(\\mathbf{W}_{hh})", "W_{hh}^{\\top}", "\\mathbf W_{hh}\\mathbf h^{(t)}"])
      assert.ok(leads(query, tex), `${query} in ${tex}`);
  for (const query of ["dL/dW", "∂L/∂W", "\\partial L/\\partial W", "\\frac{\\partial L}{\\partial W}", "dL / dW"])
    for (const tex of ["\\frac{\\partial \\overline{\\mathcal{L}}}{\\partial W_h}", "\\partial L/\\partial W", "\\dfrac{\\partial\\mathcal L}{\\partial \\mathbf W_{hh}}"])
      assert.ok(leads(query, tex), `${query} in ${tex}`);
  assert.ok(leads("φ", "\\varphi'(a)"));
  assert.ok(leads("\\lambda_{max}", "\\lambda_{max}") && leads("λ_max", "\\lambda_{max}"));
});

test("a formula is not found by what is not in it", () => {
  assert.ok(!leads("γρ", "\\gamma+\\rho"), "not side by side");
  assert.ok(!leads("W_hh", "W_{hx}"));
  assert.ok(!leads("dL/dW", "\\partial L/\\partial h"));
  assert.ok(!leads("W_hh", "W_hh_{t-1}"), "W_h times h");
});

test("what a reader typed and what a page says agree", () => {
  for (const [typed, written] of [
    ["truncated_bptt", "the function truncated_bptt cuts"],
    ["truncated bptt", "the function truncated_bptt cuts"],
    ["vanishing gradients", "The gradient is vanishing"],
    ["Schur", "Schur’s theorem"],
    ["Grönwall", "Gronwall"],
    ["λ", "the rate λ"],
    ["matrices", "matrices"],
  ])
    for (const word of all(typed)) assert.ok(words(written).includes(word), `${typed}: ${word} in ${words(written)}`);
  assert.deepEqual(all("the LSTM and its forget gate"), ["lstm", "forget", "gate"]);
});

test("numbers", () => {
  for (const query of ["(20)", " (20) ", "eq 20", "eq. (20)", "equation 20", "Equation (20)", "eqn 20"])
    assert.deepEqual(asked(query), { numbers: ["equation:20"], all: [], pairs: [] }, query);
  assert.deepEqual(numberWords("equation", "Equation (20)", ""), ["equation:20", "any:20"]);
  for (const query of ["Theorem 9R.4", "theorem 9r.4", "thm 9R.4", "Thm. 9R.4"])
    assert.equal(asked(query).numbers[0], numberWords("theorem", "Theorem 9R.4", "")[0], query);
  for (const query of ["Exercise 4S.2", "exercise 4s.2"])
    assert.equal(asked(query).numbers[0], numberWords("exercise", "Exercise 4S.2", "")[0], query);
  assert.equal(asked("theorem 9.4").numbers[1], numberWords("theorem", "Proposition 9.4", "")[1], "the kind forgotten");
  assert.deepEqual(asked("9.2.3").numbers, ["any:9.2.3"]);
  assert.equal(numberWords("section", "", "9.2.3 Implications")[1], "any:9.2.3");
  assert.deepEqual(numberWords("section", "", "Implications"), []);
  assert.deepEqual(asked("theorem").numbers, []);
  assert.deepEqual(asked("theorem 9.4 norm").all, ["norm"]);
});

test("a text is cut into formulas and words", () => {
  assert.deepEqual(pieces("If ⟦12⟧, then ⟦3⟧.").filter((piece) => piece !== ""), ["If", " ", 12, ", ", "then", " ", 3, "."]);
  assert.deepEqual(formulasIn("If ⟦12⟧, then ⟦3⟧."), [12, 3]);
  assert.deepEqual(words("If ⟦12⟧, then"), ["if", "then"]);
});

test("the order of hits", async () => {
  const entry = (kind, name, title, text, names = "") => [kind, 0, title, name, title, text, names, []];
  const index = await makeIndex({
    pages: [["notebooks/a.html", "A"]],
    tex: ["\\gamma\\rho"],
    entries: [
      entry("section", "", "Long memory", "The bptt function and equation (20). It vanishes. ⟦0⟧"),
      entry("equation", "Equation (20)", "", "It reads ⟦0⟧"),
      entry("section", "", "6 Backpropagation through time", "Back."),
      entry("function", "bptt", "bptt(x)", "The gradient."),
      entry("theorem", "Proposition 9.4", "A bound", "Text."),
      entry("section", "", "Uses it", "Something.", "bptt spectral_norm"),
      entry("theorem", "Theorem 9.5", "Another", "See Proposition 9.4."),
    ],
  });
  const first = (query) => search(index, query)[0]?.entry.id;
  assert.equal(first("(20)"), 1);
  assert.equal(first("γρ"), 1);
  assert.equal(first("BPTT"), 2, "what the letters stand for");
  assert.equal(search(index, "bptt")[1].entry.id, 3);
  assert.equal(first("backpropagation through time"), 2);
  assert.equal(first("theorem 9.4"), 4);
  assert.equal(first("spectral_norm"), 5);
  assert.equal(first("vanishs"), 0, "a slip of the finger");
  assert.equal(first("vani"), 0, "the beginning of a word");
  assert.equal(first("memory unheard"), 0, "one word of two");
  assert.deepEqual(search(index, "zzzzzz"), []);
  assert.deepEqual(search(index, " the "), []);
});
