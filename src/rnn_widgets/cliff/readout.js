// What both descents have come to, in a small table that also says which line is whose.
import { create } from "d3-selection";
import { digits, isShown, leavesText } from "./words.js";

const HEADS = ["", "longest gradient", "loss", "left the map"];
const ROWS = [["without", "without clipping"], ["clipped", "with clipping"]];

export function createReadout() {
  const root = create("table").attr("class", "readout");
  const head = root.append("thead").append("tr");
  for (const text of HEADS) head.append(text ? "th" : "td").attr("scope", text ? "col" : null).text(text);
  const body = root.append("tbody");
  const rows = ROWS.map(([name, text]) => {
    const row = body.append("tr");
    row.append("th").attr("scope", "row").append("span").attr("class", name).text(text);
    return { name, row, cells: HEADS.slice(1).map(() => row.append("td")) };
  });

  function draw({ measured, settings, revealed }) {
    for (const { name, row, cells: [longest, loss, leaves] } of rows) {
      row.attr("hidden", isShown[name](settings) ? null : "");
      longest.text(digits(measured[name].largest));
      loss.text(digits(measured[name].loss));
      leaves.text(leavesText(measured[name]));
      // They hold the answer, which can be read however faint it is; yet they keep their room.
      row.selectAll("td").style("visibility", revealed ? null : "hidden");
    }
  }

  return { node: root.node(), draw };
}
