// What can be done with the plane.
import { compared, counted, factor, fromLog, isOne, percent } from "../kit/format.js";
import { FALLEN } from "./model.js";

const PRODUCT = 1.2;
const GROWN = 10;

export const TASKS = [
  {
    name: "vanish",
    text: `With φ = tanh: let the influence fall below 1 % by the last step, although γρ is ${PRODUCT} or more.`,
    solved: ({ bound, logNorms, T }, { activation }) =>
      activation === "tanh" && bound >= PRODUCT * (1 - 1e-9) && logNorms[T] < Math.log(FALLEN),
    why: ({ bound, logNorms, T, meanSlope }, { gamma }) =>
      `γρ = ${factor(bound)}, and after ${counted(T, "step")} it is ${fromLog(logNorms[T])}: the bound takes every slope for γ, and the mean slope is ${percent(meanSlope / gamma)} of that.`,
  },
  {
    name: "detour",
    text: `With a linear φ: let the influence rise above ${GROWN} on the way, although it must vanish in the end.`,
    solved: ({ radius, logNorms }, { activation }) =>
      activation === "linear" && radius < 1 && !isOne(radius) && Math.max(...logNorms) > Math.log(GROWN),
    why: ({ radius, logNorms }) => `It rises to ${fromLog(Math.max(...logNorms))}, but ${compared("γ times the spectral radius", radius)}, and for a linear φ that decides the end.`,
  },
];
