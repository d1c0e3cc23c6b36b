// The numbers of the network that writes.
import { percent } from "../kit/format.js";
import { named, thousands } from "./words.js";

export const table = {
  caption: "At each checkpoint: the loss in nats per character, and at temperature 1 what is expected after the beginning",
  columns: ["updates", "loss", "most probable", "its probability", "of a space"],
  rowsOf: ({ stages }) => stages.map(({ updates, loss, top, share, space }) => [thousands(updates), loss.toFixed(2), named(top), percent(share), percent(space)]),
};

export const data = ({ stages }) => ({
  columns: ["updates", "loss", "most_probable", "its_probability", "of_a_space"],
  rows: stages.map(({ updates, loss, top, share, space }) => [updates, loss, named(top), share, space]),
});
