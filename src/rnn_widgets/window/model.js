// What a reader who sees the last words of a sentence knows of its verb. No DOM.
//
// The grammar: "the", the subject, "near", "the", one adjective or more, a second noun, the verb. The subject is
// singular in every other sentence; a further adjective follows with probability q; the second noun has the subject's
// number with probability `clue`. Of all this only the second noun tells anything of a subject that is out of sight.

export const SHORTEST = 2;
export const LONGEST = 14;
const ADJECTIVES = ["old", "small"];
const FIXED = 4; // the words from the subject to the verb that are always there, the subject among them

export const sentence = ({ subject, adjectives, noun }) => ["the", subject, "near", "the", ...Array.from({ length: adjectives }, (_, i) => ADJECTIVES[i % 2]), noun];

/** Fewest adjectives that put the subject out of a window. */
export const losing = (tau) => Math.max(1, tau - FIXED + 1);

/** Share of all sentences whose subject is out of a window: those with so many adjectives. */
export const missed = (tau, q) => q ** (losing(tau) - 1);

/** Share of all sentences in which the best reader of a window finds the number of the verb. */
export const found = (tau, q, clue) => 1 - missed(tau, q) * Math.min(clue, 1 - clue);

/** The probabilities are those of a singular and of a plural verb. */
export function measure(get, settings) {
  const { tau, adjectives, subject, noun, q, clue } = settings;
  const singular = subject === "dog";
  const back = FIXED + adjectives; // the subject is so many words before the verb
  const seen = back <= tau;
  const whole = singular ? [1, 0] : [0, 1];
  const guess = noun === "cat" ? clue : 1 - clue;
  const window = seen ? whole : [guess, 1 - guess];
  const right = [];
  for (let length = SHORTEST; length <= LONGEST; length++) right.push(found(length, q, clue));
  return {
    words: sentence(settings),
    back,
    seen,
    whole,
    window,
    correct: window[singular ? 0 : 1], // what the window gives to the verb that will come
    missed: missed(tau, q),
    losing: losing(tau),
    right,
  };
}
