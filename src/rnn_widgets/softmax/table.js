// The numbers behind softmax.
import { WORDS } from "./model.js";
import { digits, score } from "./words.js";

const sign = (value) => (value < 0 ? `−${digits(-value)}` : `+${digits(value)}`);

export const table = {
  caption: "Logit, probability and gradient of each word",
  columns: ["word", "logit o", "exp(o)", "probability y", "happened", "gradient y − e"],
  rowsOf: ({ y, gradient }, { logits, happened }) =>
    WORDS.map((word, i) => [word, score(logits[i]), Math.exp(logits[i]).toPrecision(3), digits(y[i]), word === happened ? "1" : "0", sign(gradient[i])]),
};

export const data = ({ y, gradient }, { logits, happened }) => ({
  columns: ["word", "logit", "probability", "happened", "gradient"],
  rows: WORDS.map((word, i) => [word, logits[i], y[i], word === happened ? 1 : 0, gradient[i]]),
});
