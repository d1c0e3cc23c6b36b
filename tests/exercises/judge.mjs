// Judges answers as the page does. Reads a list of {question, numbers, text}, or {formula, values}, from a file and writes what comes
// of each as a list.
import { readFileSync } from "node:fs";
import { read, Unreadable } from "../../src/rnn_exercises/page/expression.js";
import { judgeChoice, judgeFormula, judgeNumber, judgeOrder } from "../../src/rnn_exercises/page/judge.js";

function judge({ question, numbers, text, given, formula, values }) {
  try {
    if (formula !== undefined) return read(formula)(values);
    if (question.kind === "number") return judgeNumber(question, numbers, read(text)());
    if (question.kind === "formula") return judgeFormula(question, read(text));
    return question.kind === "choice" ? judgeChoice(question, given) : judgeOrder(question, given);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { unreadable: error.message };
  }
}

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(cases.map(judge)));
