// A set-up in the fragment of an address: "#playground=run&task=adding&T=40". What is not named is as usual.
import { fromText, toText } from "../engine/setup.js";

export function toFragment(setup) {
  const text = toText(setup);
  return `#playground=run${text && "&"}${text}`;
}

/** The set-up of a fragment, or null if it is not for the playground. Throws BadSetup. */
export function fromFragment(fragment) {
  const query = new URLSearchParams(fragment.replace(/^#/, ""));
  if (query.get("playground") !== "run") return null;
  query.delete("playground");
  return fromText(query.toString());
}
