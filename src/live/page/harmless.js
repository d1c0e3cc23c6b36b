// HTML that a cell displays, without anything that runs or loads: tables, text and drawings.
const KEPT = new Set(
  ("a abbr b br caption code div em figcaption figure h1 h2 h3 h4 h5 h6 hr i li ol p pre s small span strong sub sup table " +
    "tbody td tfoot th thead tr u ul svg g path circle ellipse rect line polyline polygon text tspan title desc defs marker").split(" "),
);
const DROPPED = /^(on|href$|src|xlink|action|formaction|id$|name$|target$|ping$|data-|is$|slot$|part$)/i;
const LOADS = /url\s*\(|@import|expression|javascript:|\\/i;
const FLOATS = /position\s*:/i;

function clean(node) {
  for (const child of [...node.children]) {
    if (!KEPT.has(child.localName)) {
      if (/^(script|style|template|iframe|object|embed|link|meta|base|foreignObject)$/i.test(child.localName)) child.remove();
      else {
        clean(child);
        child.replaceWith(...child.childNodes);
      }
      continue;
    }
    for (const { name, value } of [...child.attributes]) {
      if (DROPPED.test(name) || LOADS.test(value) || (name === "style" && FLOATS.test(value))) child.removeAttribute(name);
    }
    clean(child);
  }
}

/** What of a text of HTML may be shown, as a fragment. */
export function harmless(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  clean(body);
  const fragment = document.createDocumentFragment();
  fragment.append(...body.childNodes);
  return fragment;
}
