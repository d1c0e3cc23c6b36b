// Right: QQ plot of the gaps on the present clock against the exponential distribution of mean 1.
import { axisBottom, axisLeft } from "d3-axis";
import { range } from "d3-array";
import { scaleLinear } from "d3-scale";
import { create } from "d3-selection";
import { counted } from "../kit/format.js";

// The axes stay where they are, so that it is the points that move. They show square roots, which gives the
// many short gaps more room than the few long ones and keeps a straight line straight.
const MOST = 12;
const TICKS = [0, 1, 2, 4, 6, 9, 12];
const MARGIN = { top: 10, right: 12, bottom: 40, left: 44 };

export function createQQ() {
  const [across, up] = [scaleLinear([0, Math.sqrt(MOST)], [0, 1]), scaleLinear([0, Math.sqrt(MOST)], [1, 0])];
  const x = (value) => across(Math.sqrt(value));
  const y = (value) => up(Math.sqrt(value));
  const svg = create("svg:svg").attr("class", "qq").attr("role", "img");
  const frame = svg.append("g").attr("transform", `translate(${MARGIN.left},${MARGIN.top})`);
  const xAxis = frame.append("g").attr("class", "axis");
  const yAxis = frame.append("g").attr("class", "axis");
  const xTitle = frame.append("text").attr("class", "axis-title").text("expected of Exp(1)");
  const yTitle = frame.append("text").attr("class", "axis-title").text("gaps on this clock");
  const inside = frame.append("svg").attr("class", "clip");
  const band = inside.append("path").attr("class", "band");
  const diagonal = inside.append("path").attr("class", "border");
  const points = inside.append("path").attr("class", "points");
  const bandLabel = frame.append("text").attr("class", "small").attr("text-anchor", "end");
  const beyond = frame.append("text").attr("class", "halo small");

  function layout(outerWidth, outerHeight) {
    const inner = Math.max(120, outerWidth - MARGIN.left - MARGIN.right);
    const height = outerHeight - MARGIN.top - MARGIN.bottom;
    svg.attr("width", inner + MARGIN.left + MARGIN.right).attr("height", height + MARGIN.top + MARGIN.bottom);
    across.range([0, inner]);
    up.range([height, 0]);
    inside.attr("width", inner).attr("height", height);
    const marked = (axis) => axis.tickValues(TICKS.map(Math.sqrt)).tickFormat((root) => String(Math.round(root * root))).tickSizeOuter(0);
    xAxis.attr("transform", `translate(0,${height})`).call(marked(axisBottom(across)));
    yAxis.call(marked(axisLeft(up)));
    xTitle.attr("x", inner / 2).attr("y", height + 36);
    yTitle.attr("transform", `translate(-32,${height / 2}) rotate(-90)`);
    diagonal.attr("d", `M0,${height}L${inner},0`);
    bandLabel.attr("x", inner - 6).attr("y", height - 8);
    beyond.attr("x", 8).attr("y", 14);
  }

  function draw({ settings: { clock }, measured: { expected, observed, limit, events }, open }) {
    svg.attr("aria-label", `QQ plot of the gaps on this clock against unit exponentials${open ? "" : `: ${counted(events.length, "point")}`}.`);
    // A point lies outside this band where the two distribution functions are further apart than the limit.
    const half = limit - 1 / (2 * events.length);
    const share = range(0, 121).map((i) => -Math.expm1(-MOST * (i / 120) ** 2));
    const at = (p) => y(p >= 1 ? 4 * MOST : Math.max(0, -Math.log1p(-p)));
    const edge = (side) => share.map((p) => [x(-Math.log1p(-p)), at(p + side * half)]);
    const outline = [...edge(1), ...edge(-1).reverse()];
    const tested = clock === 1 && events.length > 0; // on another clock nothing is known of the distance
    band.attr("d", tested && half > 0 ? `M${outline.join("L")}Z` : null);
    bandLabel.text(tested ? "5 % limits" : "");
    const dots = observed.map((value, i) => `M${x(expected[i]).toFixed(1)},${y(value).toFixed(1)}h0`);
    points.attr("d", dots.join(""));
    const outside = observed.filter((value) => value > MOST).length;
    beyond.text(outside ? `${outside} above the frame` : "");
  }

  return { node: svg.node(), layout, draw };
}
