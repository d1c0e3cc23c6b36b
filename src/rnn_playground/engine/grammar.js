// The agreement grammar of rnn_core: each word predicts the next, from the beginning of a sentence on.

const NOUNS = { one: ["dog", "cat"], many: ["dogs", "cats"] };
const VERBS = { one: ["runs", "sleeps"], many: ["run", "sleep"] };
const ADJECTIVES = ["old", "small"];

/** For each state its arcs: words (equally likely among themselves), their total probability, next state. */
function arcs() {
  const states = {
    start: [[["the"], 1, "subject"]],
    subject: [[NOUNS.one, 0.5, "preposition, one"], [NOUNS.many, 0.5, "preposition, many"]],
    stop: [[["."], 1, "start"]],
  };
  for (const number of ["one", "many"]) {
    states[`preposition, ${number}`] = [[["near", "behind"], 1, `article, ${number}`]];
    states[`article, ${number}`] = [[["the"], 1, `adjective, ${number}`]];
    states[`adjective, ${number}`] = [[ADJECTIVES, 1, `noun, ${number}`]];
    states[`noun, ${number}`] = [[ADJECTIVES, 0.2, `noun, ${number}`], [[...NOUNS.one, ...NOUNS.many], 0.8, `verb, ${number}`]];
    states[`verb, ${number}`] = [[VERBS[number], 1, "stop"]];
  }
  return states;
}

/** The automaton: words; for each state the cumulative probabilities of all words, and the state after each. */
function automaton() {
  const states = arcs();
  const names = Object.keys(states);
  const all = Object.values(states);
  const words = [...new Set(all.flat().flatMap(([emitted]) => emitted))];
  const probabilities = all.map((out) => {
    const row = new Float64Array(words.length);
    for (const [emitted, probability] of out) for (const word of emitted) row[words.indexOf(word)] = probability / emitted.length;
    return row;
  });
  const successors = all.map((out) => {
    const row = new Int32Array(words.length).fill(-1);
    for (const [emitted, , next] of out) for (const word of emitted) row[words.indexOf(word)] = names.indexOf(next);
    return row;
  });
  const cumulative = probabilities.map((row) => {
    let total = 0;
    return row.map((p) => (total += p));
  });
  return { words, probabilities, successors, cumulative };
}

/** The entropy of T words after the first, and the mean number of verbs among them. */
function baselines({ probabilities, successors }, isVerb, T) {
  let state = new Float64Array(probabilities.length);
  state[0] = 1;
  let [entropy, verbs] = [0, 0];
  for (let t = 0; t <= T; t++) {
    const next = new Float64Array(state.length);
    for (let s = 0; s < state.length; s++) {
      probabilities[s].forEach((p, w) => {
        if (p === 0) return;
        next[successors[s][w]] += state[s] * p;
        if (t === 0) return; // the first word is given
        entropy -= state[s] * p * Math.log(p);
        if (isVerb[w]) verbs += state[s] * p;
      });
    }
    state = next;
  }
  return { entropy, verbs };
}

export function agreement({ T }) {
  const grammar = automaton();
  const { words, successors, cumulative } = grammar;
  const k = words.length;
  const number = words.map((word) => (VERBS.one.includes(word) ? 1 : VERBS.many.includes(word) ? 2 : 0));
  const { entropy, verbs } = baselines(grammar, number, T);
  return {
    n: k, k, symbols: words, answers: words, chance: entropy + verbs * Math.log(2), floor: entropy, steps: T,
    draw(batch, B, random) {
      batch.shape(T, B);
      for (let b = 0; b < B; b++) {
        let state = 0;
        for (let t = 0; t <= T; t++) {
          const row = cumulative[state];
          const u = random.uniform() * row[k - 1]; // rounding can leave the last sum a little below one
          let word = 0;
          while (row[word] <= u) word += 1;
          if (t < T) batch.codes[t * B + b] = word;
          if (t > 0) batch.targets[(t - 1) * B + b] = word;
          state = successors[state][word];
        }
      }
    },
    right(y, batch, r) {
      const asked = batch.targets[r] < 0 ? 0 : number[batch.targets[r]];
      if (asked === 0) return null;
      let best = 0;
      for (let c = 1; c < k; c++) if (y[r * k + c] > y[r * k + best]) best = c;
      return number[best] === asked;
    },
  };
}
