// The factors of the chosen term, or the lengths of what is added up, with their numbers.
import { create } from "d3-selection";
import { long, power } from "./words.js";

function ofTerm({ norms, factors, rho }, { t, k }) {
  if (!factors) return [["no path", "the entry is 0"]];
  const { row, jacobians, product, arrives, local, state, bound } = factors;
  const lag = t - k;
  const lines = [[`row of loss ${t} at h(${t})`, long(row)]];
  if (lag > 0) {
    lines.push([lag === 1 ? `Jacobian ${t}` : `Jacobians ${t} to ${k + 1}`, jacobians.map((norm) => norm.toFixed(2)).join(" · ")]);
    if (lag > 1) lines.push(["their product", `${long(product)} ≤ ${power(lag)} = ${long(rho ** lag)}`]);
    else lines[1][1] += ` ≤ ρ = ${long(rho)}`;
    lines.push([`row that arrives at h(${k})`, long(arrives)]);
  }
  lines.push([`after the slopes of step ${k}`, long(local)], [`state h(${k - 1})`, long(state)]);
  lines.push([`term C(${t}, ${k}), the last two multiplied`, long(norms[t - 1][k - 1])]);
  lines.push([`its bound: row${lag > 0 ? ` · ${power(lag)}` : ""} · state`, long(bound)]);
  return lines;
}

function ofSum({ cells, ends, total, products: { single, together } }) {
  const lines = [["terms", String(cells.length)], ["laid end to end", long(ends)], ["their sum", long(total)]];
  if (cells.length > 1 && ends > 0) lines.push(["sum ÷ laid end to end", long(total / ends)]);
  if (single !== null) lines.push(["products, one loss at a time", String(single)], ["products, added on the way", String(together)]);
  return lines;
}

export function createFactors() {
  const root = create("div").attr("class", "panel");
  const title = root.append("p").attr("class", "title");
  const list = root.append("dl").attr("class", "factors");

  function draw({ settings, measured }) {
    const one = settings.sum === "cell";
    title.text(one ? "Lengths along the path" : "Added up");
    const lines = one ? ofTerm(measured, settings) : ofSum(measured);
    list.selectAll("div").data(lines).join((enter) => {
      const line = enter.append("div");
      line.append("dt");
      line.append("dd");
      return line;
    }).each(function ([name, value]) {
      this.children[0].textContent = name;
      this.children[1].textContent = value;
    });
  }

  return { node: root.node(), draw };
}
