// Why a mission ends as it does. What is said of seeds was counted: see figures.js.
import { counted } from "../../rnn_widgets/kit/format.js";
import { FIGURES } from "./figures.js";

const SEEDS = 20;

/** Sentences with the figures of a mission; none before they were counted. */
function counts(mission, say) {
  const own = Object.entries(FIGURES).filter(([name]) => name.startsWith(`${mission}: `));
  if (own.length === 0) return "";
  const of = Object.fromEntries(own.map(([name, figures]) => [name.slice(mission.length + 2), figures]));
  return ` ${say((name) => of[name].solved, of)}`;
}

export const WHY = {
  far: `From the answer back to the cue the gradient passes through 21 Jacobians. The norm of their product is at most (γρ)²¹, which is 0.0006 with ρ = 0.7 as at the start, and a step of plain descent is as small as its gradient.${counts(
    "far",
    (learnt) => `Of ${SEEDS} seeds, ${learnt("rho 0.7")} learnt it within 600 updates with ρ = 0.7 and ${learnt("rho 1")} with ρ = 1; with ρ = 1 and an input scale of 0.3 it was ${learnt("quiet")}, for a tanh with small inputs has a slope near 1. Adam divides a gradient by its own size: with it, ${learnt("adam")} learnt it with ρ = 0.7.`,
  )}`,
  burst: `A ReLU that is on hands its gradient on times W_hh: with W_hh = 2 I it doubles at every step, 2⁴¹ = 2 × 10¹² in all. One step along such a gradient throws the weights far away, and what follows is beyond all numbers. Clipping keeps the direction and shortens the step.${counts(
    "burst",
    (learnt, of) => `With ρ = 2 and without clipping, ${of["rho 2 clip 0"].diverged} of ${SEEDS} seeds diverged and ${learnt("rho 2 clip 0")} learnt it; clipped at 1, ${learnt("rho 2 clip 1")} did. Clipping makes no gradient longer: with ρ = 0.9, clipped at 1, ${learnt("rho 0.9 clip 1")} learnt it.`,
  )}`,
  hold: `As long as a forget gate stands at σ(b), the cell keeps that share of what it holds at every step, and of the gradient along the cell: over 41 steps σ(0)⁴¹ = 5 × 10⁻¹³, σ(1)⁴¹ = 3 × 10⁻⁶, σ(3)⁴¹ = 0.14, σ(5)⁴¹ = 0.76.${counts(
    "hold",
    (learnt) => `Of ${SEEDS} seeds, ${learnt("bias 0")} learnt it within 300 updates with a bias of 0, ${learnt("bias 1")} with 1, ${learnt("bias 3")} with 3 and ${learnt("bias 5")} with 5.`,
  )}`,
  adding: `With W_hh = I each state begins as a copy of the one before, and a ReLU that is on passes it, and its gradient, unchanged; tanh bends both.${counts(
    "adding",
    (learnt) => `Of ${SEEDS} seeds, ${learnt("relu identity")} learnt it within 1 500 updates with ReLU and the identity, ${learnt("relu orthogonal")} with ReLU and an orthogonal start, ${learnt("tanh identity")} with tanh and the identity, ${learnt("tanh")} with tanh and the orthogonal start offered first.`,
  )}`,
  bound: "No weights, no inputs and no training break it. J_t = diag(φ′) W_hh, the slopes of tanh and ReLU lie between 0 and 1 (so γ = 1), hence ‖J_t‖ ≤ ρ; and the norm of a product is at most the product of the norms. That is Equation (20). It is reached where all slopes are 1 and W_hh stretches the same direction at every step: an orthogonal one stretches all directions alike.",
  window: `The way back is cut at each multiple of the window. The two symbols are at steps 2 to 4 and 8 to 10, the answer at step 20: with a window of 10 its gradient sees steps 11 to 20 alone, with one of 19 only step 20, and no term leads to a symbol. What is left is what the state happens to carry.${counts(
    "window",
    (learnt) => `Of ${SEEDS} seeds, ${learnt("window 5")} learnt it within 600 updates with a window of 5, ${learnt("window 10")} with 10, ${learnt("window 19")} with 19, and ${learnt("window 0")} with no cut.`,
  )}`,
  echo: `The way back is cut; the way forward is not. Where the start keeps the cue in the state, past every cut, the output has only to learn to read it there, and its own gradient looks back no step.${counts(
    "echo",
    (learnt, of) => `With ρ = 1, an input scale of 0.3 and a window of 1, ${learnt("quiet window 1")} of ${SEEDS} seeds learnt it (median ${counted(of["quiet window 1"].median, "update")}); with ρ = 0.5 and a window of 10, Adam learnt it in ${learnt("window 10")} and plain descent, as offered first, in ${learnt("begin")}, within 1 000 updates.`,
  )}`,
};
