// A line to type into, for a setting that is a text: what the setting does not take is dropped.
import { create } from "d3-selection";

/** `rule` is what the setting may be, { letters, most }; `onText(text)` reports. */
export function field({ label, rule: { letters, most }, onText, signal }) {
  const root = create("label").attr("class", "control");
  root.append("span").attr("class", "control-name").text(label);
  const input = root.append("input").attr("type", "text").attr("maxlength", most).attr("autocomplete", "off").attr("autocapitalize", "off").attr("spellcheck", "false").node();
  input.dataset.lmSuppressShortcuts = "true";
  const set = (text) => {
    if (input.value !== text) input.value = text;
  };
  input.addEventListener("input", () => {
    const text = [...input.value].filter((one) => letters.includes(one)).join("").slice(0, most);
    set(text);
    onText(text);
  }, { signal });
  return { node: root.node(), set };
}
