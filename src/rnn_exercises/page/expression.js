// Reads a number or a formula that somebody typed. jsep takes it apart; only what is listed here is computed.
import jsep from "jsep";

const FUNCTIONS = {
  abs: Math.abs, cos: Math.cos, exp: Math.exp, ln: Math.log, log: Math.log, log10: Math.log10, log2: Math.log2,
  max: Math.max, min: Math.min, sin: Math.sin, sqrt: Math.sqrt, tanh: Math.tanh,
  bracket: (value) => value,
};
const BINARY = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b, "^": (a, b) => a ** b };
const CONSTANTS = { e: Math.E, pi: Math.PI };
const GREEK = { α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", η: "eta", θ: "theta", κ: "kappa", λ: "lambda", μ: "mu", π: "pi", ρ: "rho", σ: "sigma", τ: "tau", φ: "phi", ω: "omega", ℓ: "l" };
const SIGNS = { "−": "-", "–": "-", "·": "*", "⋅": "*", "×": "*", "∙": "*", "÷": "/", "²": "^2", "³": "^3", "√": "sqrt", "[": "(", "]": ")", "{": "(", "}": ")" };
const EXAMPLE = "Write it as in 0.9^50, 2*pi or log(0.01)/log(0.9).";

jsep.removeAllBinaryOps();
jsep.removeAllUnaryOps();
for (const [sign, rank] of [["+", 1], ["-", 1], ["*", 2], ["/", 2]]) jsep.addBinaryOp(sign, rank);
jsep.addBinaryOp("^", 3, true);
jsep.addUnaryOp("-");
jsep.addUnaryOp("+");

/** What the reader's text cannot be read as, in a sentence. */
export class Unreadable extends Error {}

function tidy(text) {
  let plain = [...text].map((sign) => SIGNS[sign] ?? GREEK[sign] ?? sign).join("").replaceAll("**", "^").trim();
  if (/\d,\d/.test(plain) && !/[a-z]\w*\(/i.test(plain)) {
    throw new Unreadable("A comma can mean two things. Write 0.5 with a point, and 10 000 with a space or without.");
  }
  plain = plain.replace(/(\d)[\s\u00a0\u2009\u202f](?=\d{3}(?!\d))/g, "$1");
  const percent = /%$/.test(plain) ? 0.01 : 1;
  // A bracket is kept: −2^2 and (−2)^2 differ, and jsep gives one tree for both.
  const bracketed = plain.replace(/%$/, "").replace(/([a-z]\w*)\s+\(/gi, "$1(").replace(/(?<![\w)])\(/g, "bracket(");
  return { plain: bracketed, percent };
}

function value(node, names) {
  switch (node.type) {
    case "Literal":
      if (typeof node.value === "number") return node.value;
      break;
    case "Identifier":
      if (Object.hasOwn(names, node.name)) return names[node.name];
      if (Object.hasOwn(CONSTANTS, node.name)) return CONSTANTS[node.name];
      if (Object.hasOwn(FUNCTIONS, node.name)) throw new Unreadable(`After ${node.name} comes a bracket: ${node.name}(2).`);
      throw new Unreadable(`I do not know ${node.name}.${wordsFor(names)}`);
    case "UnaryExpression":
      return node.operator === "-" ? -value(node.argument, names) : value(node.argument, names);
    case "BinaryExpression":
      if (node.operator === "^" && node.left.type === "UnaryExpression") {
        const power = value(node.left.argument, names) ** value(node.right, names);
        return node.left.operator === "-" ? -power : power;
      }
      return BINARY[node.operator](value(node.left, names), value(node.right, names));
    case "CallExpression":
      if (node.callee.type === "Identifier" && Object.hasOwn(FUNCTIONS, node.callee.name)) {
        return FUNCTIONS[node.callee.name](...node.arguments.map((each) => value(each, names)));
      }
      throw new Unreadable(`Between a number or a name and a bracket write *.${wordsFor(names)}`);
    default:
  }
  throw new Unreadable(`I cannot read that. ${EXAMPLE}`);
}

const wordsFor = (names) => (Object.keys(names).length ? ` The names here are ${Object.keys(names).join(", ")}.` : ` ${EXAMPLE}`);

/** What is wrong with a text that jsep cannot read. */
function why(text) {
  const count = (sign) => text.split(sign).length - 1;
  if (/[=<>≤≥≈]/.test(text)) return "Give the value alone, without = or <.";
  if (count("(") !== count(")")) return count("(") > count(")") ? "A bracket is not closed." : "A bracket is closed that was not opened.";
  if (/[\w)]\s+[\w(]|\d[a-z(]/i.test(text)) return "Between two numbers or names a sign is missing: write 2*T, not 2T or 2 T.";
  return `I cannot read that. ${EXAMPLE}`;
}

/** The tree of a text, as a function of the values of its names. */
export function read(text) {
  const { plain, percent } = tidy(text.slice(0, 200));
  if (!plain) throw new Unreadable("Nothing stands there yet.");
  let tree;
  try {
    tree = jsep(plain);
  } catch {
    throw new Unreadable(why(text));
  }
  if (tree.type === "Compound") throw new Unreadable(why(text));
  return (names = {}) => percent * value(tree, names);
}
