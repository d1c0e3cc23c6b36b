// The missions: what is asked, where one begins, when it is done. No DOM.
//
// `progress(run, kept)` looks at a run, { setup, state, detail, history, changed } as app.js has it, and at what was kept of earlier
// ones. It gives { solved, sentence, keep? }: `keep` is what is to be kept from now on. Every condition is about the set-up and the
// record of the run, so that an easier task does not count. What is said of other runs is in figures.js, from experiments/playground.py.
import { counted } from "../../rnn_widgets/kit/format.js";
import { readSetup, USUAL } from "../engine/setup.js";
import { lately, reached, SEQUENCES } from "./lately.js";
import { WHY } from "./missions_words.js";

export const ENOUGH = 0.95;
export const ADDED = 0.9; // of the sums within 0.08
const BUDGET = 300; // updates for the forget bias
const PATIENCE = 400; // updates after which a network counts as one that does not learn
const POOR = 0.6;
const NEAR = 0.9; // of the bound
const COUNTED = ["recall", "order", "adding", "parity"]; // tasks whose accuracy is about all that is asked

const plain = ({ cell }) => cell === "tanh" || cell === "relu";
const percent = (share) => `${Math.floor(100 * share)} %`;

/** The names of the fields in which two set-ups differ. */
export const differences = (a, b) => Object.keys(USUAL).filter((name) => a[name] !== b[name]);

/** The first condition that does not hold, in words. */
const missing = (setup, conditions) => conditions.find(([holds]) => !holds(setup))?.[1];

const RECALL = [({ task }) => task === "recall", "The task must be recall."];
const atLeast = (T) => [({ T: steps }) => steps >= T, `T must be at least ${T}.`];
const UNGATED = [plain, "The cell must be one without gates: tanh or ReLU."];

const not = (sentence, more = {}) => ({ solved: false, sentence, ...more });

/** Whether the run was right often enough at some time, and a sentence of it. Only runs with the right set-up come here. */
function answers({ setup, state, history, changed }, enough) {
  const since = changed.at(-1)?.update ?? 0;
  const found = reached(history, setup.batch, enough, since);
  if (found) return { solved: true, update: found.update, sentence: `After ${counted(found.update, "update")}, ${percent(found.share)} of the last ${SEQUENCES} answers were right.` };
  const share = lately(history, setup.batch, since);
  if (state?.diverged) return not("This run has diverged: no update can be made any more.");
  if (share === null) return not(`Now train it. The last ${SEQUENCES} answers count, and there are not so many yet.`);
  return not(`${percent(share)} of the last ${SEQUENCES} answers are right; ${percent(enough)} are asked for.`);
}

/** A mission that a run with such a set-up solves when it answers well. */
const trained = (conditions, enough) => (run) => {
  const wrong = missing(run.setup, conditions);
  return wrong ? not(wrong) : answers(run, enough);
};

const UNCHANGED = "Something was changed in the course of this run: start a new one.";

/** First a run that fails in the way that `failed` says (a sentence), then one that differs from it in the field `name` alone. */
function pair(name, { wrong, failed, begin, then, enough }) {
  return (run, kept) => {
    const { setup, changed } = run;
    const no = missing(setup, wrong);
    if (no) return not(no);
    if (changed.length > 0) return not(UNCHANGED);
    const sentence = failed(run);
    if (sentence) return not(`${sentence} ${then}`, { keep: { setup: { ...setup } } });
    if (!kept?.setup) return not(begin(run));
    const other = differences(setup, kept.setup);
    if (other.length === 1 && other[0] === name) return answers(run, enough);
    if (other.length === 0) return not(`This is the set-up of the run that failed. ${then}`);
    return not(`This set-up differs from that of the run that failed in ${other.join(", ")}; it may differ in ${name} alone.`);
  };
}

const HOLD = { T: 40, cell: "lstm", forget_bias: 0 };
const FAR = { T: 20, rho: 0.7, optimizer: "sgd", rate: 0.1 };
const BURST = { T: 40, cell: "relu", family: "identity", rho: 0.9, optimizer: "sgd", rate: 0.1, clip: 0 };
const ADDING = { task: "adding", T: 20 };
const ORDER = { task: "order", T: 20, m: 32, rate: 0.003, window: 5 };

/** `solution`: set-ups to train one after the other, each for so many updates or fewer. */
export const MISSIONS = [
  {
    name: "far",
    title: "Twenty steps without gates",
    text: `Teach a network without gates to recall a cue over 20 blanks by plain gradient descent (SGD). The set-up offered first has ρ = 0.7: what is left of the gradient after so many steps?`,
    start: FAR,
    solution: [{ ...FAR, rho: 1, input_scale: 0.3 }],
    updates: [600],
    chapter: ["notebooks/09_vanishing_gradients.html#sec-implications", "9.2.3 Implications"],
    progress: trained([RECALL, atLeast(20), UNGATED, [({ optimizer }) => optimizer === "sgd", "The optimiser must be plain descent, SGD."]], ENOUGH),
  },
  {
    name: "burst",
    title: "Explode, and be saved",
    text: "Without clipping, make a run diverge. Then save it: switch clipping on, leave all else as it is, the seed too, and let it learn.",
    start: BURST,
    solution: [{ ...BURST, rho: 2 }, { ...BURST, rho: 2, clip: 1 }],
    updates: [600, 600],
    chapter: ["notebooks/09_vanishing_gradients.html#sec-exploding", "9.2.4 Contrast with exploding gradients"],
    progress: pair("clip", {
      wrong: [[({ task }) => COUNTED.includes(task), `The task must be one of ${COUNTED.join(", ")}.`]],
      failed: ({ setup, state }) => setup.clip === 0 && state?.diverged && `Without clipping, update ${state.diverged.update} could not be made.`,
      begin: ({ setup }) => (setup.clip > 0 ? "First without clipping: set it to 0." : "This run has not diverged. Make the products of Jacobians grow, or the steps longer."),
      then: "Now start it again with clipping and nothing else changed.",
      enough: ENOUGH,
    }),
  },
  {
    name: "hold",
    title: "A bias that holds forty steps",
    text: `Change nothing but the forget bias (and the seed, if you like) so that this LSTM recalls a cue over 40 blanks within ${BUDGET} updates.`,
    start: HOLD,
    solution: [{ ...HOLD, forget_bias: 5 }],
    updates: [BUDGET],
    chapter: ["notebooks/09_remedies.html#the-cell-is-a-tank-with-a-leak", "9R Remedies: the cell is a tank with a leak"],
    progress({ setup, state, history, changed }) {
      const other = differences(setup, readSetup(HOLD)).filter((name) => name !== "forget_bias" && name !== "seed");
      if (other.length > 0) return not(`Only the forget bias and the seed may differ from the set-up offered here, and ${other.join(", ")} does too.`);
      if (changed.length > 0) return not(UNCHANGED);
      const found = answers({ setup, state, history, changed }, ENOUGH);
      if (found.solved && found.update <= BUDGET) return found;
      if ((state?.update ?? 0) >= BUDGET) return not(`${BUDGET} updates were not enough. Start again with another bias.`);
      return not(`Now train it: it has ${BUDGET} updates, and ${percent(ENOUGH)} of the last ${SEQUENCES} answers must be right.`);
    },
  },
  {
    name: "adding",
    title: "A sum without gates",
    text: `Teach a network without gates to add two marked numbers among 20 steps, so that ${percent(ADDED)} of the sums are within 0.08. Which cell, and which start?`,
    start: ADDING,
    solution: [{ ...ADDING, cell: "relu", family: "identity", rho: 1 }],
    updates: [1500],
    chapter: ["notebooks/09_remedies.html#relu-and-the-identity", "9R Remedies: ReLU and the identity"],
    progress: trained([[({ task }) => task === "adding", "The task must be adding."], atLeast(20), UNGATED], ADDED),
  },
  {
    name: "bound",
    title: "Break the bound",
    text: `For cells without gates, ‖J_t⋯J_1‖ never exceeds (γρ)^t, with ρ the largest singular value of W_hh. Try to break it. You have done what can be done when, over 20 steps or more, the product reaches ${percent(NEAR)} of the bound.`,
    start: { T: 20 },
    solution: [{ T: 20, rho: 1, input_scale: 0.02 }],
    updates: [0],
    chapter: ["notebooks/09_vanishing_gradients.html#the-bound-is-sharp", "9.2.2 The bound is sharp"],
    progress({ setup, detail }) {
      const wrong = missing(setup, [UNGATED]);
      if (wrong) return not(`${wrong} For an LSTM or a GRU there is no such bound to break.`);
      if (!detail) return not("The product has not been looked at yet.");
      if (detail.T < 20) return not("The sequence must have at least 20 steps.");
      const shares = detail.layers.map(({ log_norms: norms, log_bound: bound }) => Math.exp(norms.at(-1) - bound.at(-1)));
      const nearest = Math.max(...shares.filter(Number.isFinite));
      // A product of zeros, a bound of zero, or numbers beyond all bounds: then there is nothing to compare.
      if (!(nearest > 0)) return not(`After ${detail.T} steps there is nothing left to compare.`);
      const sentence = `After ${detail.T} steps the product is at ${nearest < 0.01 ? "less than 1 %" : percent(Math.min(1, nearest))} of its bound.`;
      return nearest >= NEAR ? { solved: true, sentence } : not(sentence);
    },
  },
  {
    name: "window",
    title: "A window too short",
    text: `Two symbols among twenty come in some order: which? Find a window of truncation with which the network does not learn it (at most ${percent(POOR)} right after ${PATIENCE} updates), and then, all else equal, one with which it does.`,
    start: ORDER,
    solution: [ORDER, { ...ORDER, window: 0 }],
    updates: [PATIENCE, 600],
    chapter: ["notebooks/09_remedies.html#sec-loses", "9R Remedies: what truncation loses"],
    progress: pair("window", {
      wrong: [[({ task }) => task === "order", "The task must be temporal order."], atLeast(20)],
      failed({ setup: { window, T, batch }, state, history }) {
        const share = lately(history, batch);
        const poor = window > 0 && window < T && (state?.update ?? 0) >= PATIENCE && share !== null && share <= POOR;
        return poor && `With a window of ${window}, ${percent(share)} are right after ${state.update} updates.`;
      },
      begin: ({ setup: { window, T } }) => window > 0 && window < T
        ? `Train it for ${PATIENCE} updates and see whether it learns.`
        : `First with a window from 1 to ${T - 1}.`,
      then: "Now start it again with another window and nothing else changed.",
      enough: ENOUGH,
    }),
  },
  {
    name: "echo",
    title: "Learn what no gradient reaches",
    text: "Cut the way back at least every 10 steps, from the start of the run on: no gradient leads from the answer to the cue 21 steps before. Let the network recall it all the same.",
    start: { T: 20, window: 10, rho: 0.5, optimizer: "sgd", rate: 0.1 },
    solution: [{ T: 20, window: 1, rho: 1, input_scale: 0.3 }],
    updates: [1000],
    chapter: ["notebooks/09_study_remedies_truncation.html#learning-without-looking-back", "Study: what a truncated gradient misses"],
    progress(run) {
      const wrong = missing(run.setup, [RECALL, atLeast(20), [({ window }) => window >= 1 && window <= 10, "The window must be from 1 to 10."]]);
      if (wrong) return not(wrong);
      return run.changed.length > 0 ? not(UNCHANGED) : answers(run, ENOUGH);
    },
  },
];

for (const mission of MISSIONS) mission.why = WHY[mission.name];

/** What a run gives: the mission's answer, from an app. */
export function progress(mission, app, kept) {
  const { setup, state, detail, history, changed } = app;
  return mission.progress({ setup, state, detail, history, changed }, kept);
}

