// What a reader may take along: a link to this state, the figure, its numbers; and the figure for a whole room.
import { create } from "d3-selection";
import { button } from "./dom.js";
import { download, toCsv, toPng, toSvg } from "./export.js";

/**
 * `link()` gives the address of the present state, `data()` its numbers as { columns, rows }; `stage` is what fills
 * the screen.
 */
export function createShare({ name, root, stage, link, data, signal }) {
  const menu = create("details").attr("class", "share");
  menu.append("summary").text("Share");
  const body = menu.append("div").attr("class", "buttons");
  const add = (text, onClick) => body.append(() => button({ text, onClick, signal }));
  const said = menu.append("p").attr("class", "note").attr("role", "status");
  const address = menu.append("input").attr("class", "address").attr("readonly", "").attr("hidden", "");
  address.attr("aria-label", "Link to this state").node().dataset.lmSuppressShortcuts = "true";

  async function copy() {
    const text = link();
    try {
      await navigator.clipboard.writeText(text);
      address.attr("hidden", "");
      said.text("The link is in your clipboard.");
    } catch {
      // Not every page may write there, a file's for one: the reader can.
      address.attr("hidden", null).property("value", text);
      address.node().select();
      said.text("Copy this link:");
    }
  }

  function fill() {
    if (document.fullscreenElement === stage) return document.exitFullscreen();
    return stage.requestFullscreen?.().catch(() => said.text("This browser does not give the whole screen."));
  }

  add("Copy link", copy);
  add("SVG", () => download(`${name}.svg`, toSvg(root).text, "image/svg+xml"));
  add("PNG", async () => download(`${name}.png`, await toPng(root)));
  add("CSV", () => download(`${name}.csv`, toCsv(data()), "text/csv;charset=utf-8"));
  add("Full screen", fill);
  return menu.node();
}
