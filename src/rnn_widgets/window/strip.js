// Above: the words of the sentence, those in the window on a band; below each, how far before the verb it stands.
import { create } from "d3-selection";

const HEIGHT = 26; // px, of a word's tile
const ROW = 46;
const BETWEEN = 5;
const LETTER = 7.4; // px, about
const VERBS = { dog: "runs", dogs: "run" };

const widthOf = (word) => Math.max(30, LETTER * word.length + 12);

/** A place for each tile, in as many rows as are needed. */
function places(words, width) {
  let [left, row] = [0, 0];
  return words.map((word) => {
    const own = widthOf(word);
    if (left + own > width) [left, row] = [0, row + 1];
    const place = { word, left, row, width: own };
    left += own + BETWEEN;
    return place;
  });
}

/** Rows that the longest sentence takes: so much room is kept, and nothing below moves. */
const LONGEST = ["the", "dogs", "near", "the", "old", "small", "old", "small", "old", "small", "old", "small", "old", "cats", "runs"];
const rowsIn = (width) => places(LONGEST, width).at(-1).row + 1;

export function createStrip() {
  const svg = create("svg:svg").attr("class", "strip").attr("role", "img");
  const tiles = svg.append("g");
  let width = 300;

  function draw({ settings: { tau, subject }, measured: { words, back }, revealed }) {
    const verb = revealed ? VERBS[subject] : "?";
    const list = places([...words, verb], width).map((place, i) => {
      const before = words.length - i; // 0 for the verb
      const kind = before === 0 ? "verb" : before <= tau ? "in" : "out";
      return { ...place, before, kind: before === back ? `${kind} subject` : kind };
    });
    const tile = tiles.selectAll("g").data(list).join((enter) => {
      const added = enter.append("g");
      added.append("rect").attr("class", "band");
      added.append("rect").attr("class", "box").attr("height", HEIGHT).attr("rx", 4);
      added.append("text").attr("class", "word").attr("text-anchor", "middle").attr("y", 18);
      added.append("text").attr("class", "before small").attr("text-anchor", "middle").attr("y", HEIGHT + 14);
      return added;
    });
    tile.attr("class", ({ kind }) => `tile ${kind}`).attr("transform", ({ left, row }) => `translate(${left},${row * ROW + 3})`);
    tile.select(".box").attr("width", (place) => place.width);
    // The band runs on beneath the spaces between the words of the window.
    tile.select(".band").attr("x", -BETWEEN / 2).attr("y", -3).attr("height", HEIGHT + 6).attr("width", (place) => place.width + BETWEEN);
    tile.select(".word").attr("x", (place) => place.width / 2).text(({ word }) => word);
    tile.select(".before").attr("x", (place) => place.width / 2).text(({ before }) => (before ? before : ""));
    svg.attr("aria-label", `${words.join(" ")} …: the window takes in the last ${Math.min(tau, words.length)} words; the subject, ${subject}, is ${back} back.`);
  }

  function layout(outer) {
    width = outer;
    svg.attr("width", outer).attr("height", rowsIn(outer) * ROW);
  }

  return { node: svg.node(), layout, draw };
}
