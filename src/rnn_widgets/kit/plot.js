// A plane with two axes, into which an explorer draws.
import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { create } from "d3-selection";

const MARGIN = { top: 12, right: 14, bottom: 42, left: 46 };

/**
 * `x` and `y` are { domain, title, ticks?, format? }; `ticks` is about how many, or a list. What must not leave the
 * plane is drawn into `inside`, labels and points to drag into `over`. `label` is for who does not see it; a plot
 * with something to drag is a group, not a picture.
 */
export function createPlot({ name, label, x: across, y: up, margin = {}, interactive = false }) {
  const room = { ...MARGIN, ...margin };
  const x = scaleLinear(across.domain, [0, 1]);
  const y = scaleLinear(up.domain, [1, 0]);
  const svg = create("svg:svg").attr("class", `plot ${name}`).attr("role", interactive ? "group" : "img").attr("aria-label", label);
  const frame = svg.append("g").attr("transform", `translate(${room.left},${room.top})`);
  const surface = frame.append("rect").attr("class", "surface");
  const grid = frame.append("path").attr("class", "grid");
  const hidden = interactive ? "true" : null; // its points say what they are, the axes' numbers alone say nothing
  const xAxis = frame.append("g").attr("class", "axis").attr("aria-hidden", hidden);
  const yAxis = frame.append("g").attr("class", "axis").attr("aria-hidden", hidden);
  const xTitle = frame.append("text").attr("class", "axis-title").text(across.title);
  const yTitle = frame.append("text").attr("class", "axis-title").text(up.title);
  const inside = frame.append("svg").attr("class", "clip"); // clips without needing an id
  const over = frame.append("g");

  const ticksOf = (scale, { ticks = 5 }) => (Array.isArray(ticks) ? ticks : scale.ticks(ticks));

  /** Draw the axes, after a change of domain or size. */
  function axes() {
    const [width, height] = [x.range()[1], y.range()[0]];
    const [columns, rows] = [ticksOf(x, across), ticksOf(y, up)];
    xAxis.attr("transform", `translate(0,${height})`);
    xAxis.call(axisBottom(x).tickValues(columns).tickFormat(across.format ?? null).tickSizeOuter(0));
    yAxis.call(axisLeft(y).tickValues(rows).tickFormat(up.format ?? null).tickSizeOuter(0));
    grid.attr("d", rows.map((value) => `M0,${y(value)}H${width}`).join(""));
  }

  /** Fit the plot, its margins included, to so many px. */
  function layout(outerWidth, outerHeight) {
    const width = Math.max(100, outerWidth - room.left - room.right);
    const height = Math.max(80, outerHeight - room.top - room.bottom);
    svg.attr("width", width + room.left + room.right).attr("height", height + room.top + room.bottom);
    x.range([0, width]);
    y.range([height, 0]);
    for (const box of [surface, inside]) box.attr("width", width).attr("height", height);
    xTitle.attr("x", width / 2).attr("y", height + 37);
    yTitle.attr("transform", `translate(${14 - room.left},${height / 2}) rotate(-90)`);
    axes();
  }

  const describe = (text) => svg.attr("aria-label", text);
  return { node: svg.node(), x, y, surface, inside, over, layout, axes, describe };
}
