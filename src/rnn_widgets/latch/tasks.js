// What can be done with the latch.
import { counted } from "../kit/format.js";
import { state } from "./words.js";

const HELD = 0.5;

export const TASKS = [
  {
    name: "hold",
    text: "Make it hold an a through forty letters that put in nothing.",
    solved: ({ h, last, since }) => last === "a" && since >= 40 && h.at(-1) > HELD,
    why: ({ h, since }, { w }) => `After ${counted(since, "letter")} the state is still ${state(h.at(-1))}: w = ${w.toFixed(2)} is above 1, and the trap holds it.`,
  },
  {
    name: "overwrite",
    text: "Make it remember the last marker: an a, then a b, then ten letters c, and the state ends below −0.5.",
    solved: ({ h, last, since }, { letters }) => last === "b" && since >= 10 && letters.slice(0, letters.lastIndexOf("b")).includes("a") && h.at(-1) < -HELD,
    why: ({ h }, { w }) => `The b has won: the state is ${state(h.at(-1))}. With w = ${w.toFixed(2)} the trap holds, and is not too deep for one marker to leave it.`,
  },
];
