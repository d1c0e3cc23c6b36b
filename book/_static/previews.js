// A reference to a theorem, an exercise, an equation, a figure or a source shows it while the pointer or the
// keyboard's focus is on it. The link stays a link; nothing is loaded before it is pointed at.
(() => {
  "use strict";
  const FOLDER = new URL("previews/", document.currentScript.src);
  const ROOT = new URL("../../", FOLDER);
  const LINKS = 'article a.reference.internal[href*="#"]:not(.image-reference, .symbol)';
  const BLOCKS = ".proof, .exercise, .citation, div.math, figure";
  const WAIT = { open: 250, close: 250 }; // milliseconds: a pointer that passes by opens nothing
  const loading = new Map();
  const known = (window.rnnBookPreviews = {});
  let card, link, timer;

  const pageOf = (address) => Object.assign(new URL(address), { hash: "", search: "" }).href;

  /** Load the blocks of another page, once. */
  function load(page) {
    if (!loading.has(page)) {
      const script = document.createElement("script");
      script.src = new URL(`${page.replaceAll("/", "-")}.js`, FOLDER);
      loading.set(page, new Promise((resolve) => (script.onload = script.onerror = resolve)));
      document.head.append(script);
    }
    return loading.get(page);
  }

  /** A copy of what a link leads to, or nothing if it leads to no block. */
  async function blockAt(url) {
    const id = decodeURIComponent(url.hash.slice(1));
    if (pageOf(url) === pageOf(location)) {
      const copy = document.getElementById(id)?.closest(BLOCKS)?.cloneNode(true);
      copy?.querySelectorAll(".headerlink").forEach((mark) => mark.remove());
      copy?.querySelectorAll("a").forEach((a) => a.replaceWith(...a.childNodes));
      for (const element of copy ? [copy, ...copy.querySelectorAll("[id]")] : []) element.removeAttribute("id");
      return copy;
    }
    const page = pageOf(url).slice(ROOT.href.length);
    await load(page);
    const template = document.createElement("template");
    template.innerHTML = known[page]?.[id] ?? "";
    for (const picture of template.content.querySelectorAll("img")) {
      picture.src = new URL(picture.getAttribute("src"), url);
      picture.removeAttribute("srcset");
    }
    return template.content.firstElementChild;
  }

  function hide() {
    clearTimeout(timer);
    if (card?.matches(":popover-open")) card.hidePopover();
    link?.removeAttribute("aria-describedby");
    link = undefined;
  }

  /** Put the card under the link, or over it where there is more room, inside the window. */
  function place() {
    const line = link.getClientRects()[0];
    const { width, height } = card.getBoundingClientRect();
    const below = innerHeight - line.bottom > height + 12 || line.top < innerHeight / 2;
    card.style.left = `${Math.max(8, Math.min(line.left, document.documentElement.clientWidth - width - 8))}px`;
    card.style.top = below ? `${line.bottom + 6}px` : "auto";
    card.style.bottom = below ? "auto" : `${innerHeight - line.top + 6}px`;
    card.style.maxHeight = `${(below ? innerHeight - line.bottom : line.top) - 16}px`;
  }

  /** Stay with the link while the page is scrolled, as the browser does to show a link that gets the focus. */
  function follow() {
    if (!card?.matches(":popover-open")) return;
    const { top, bottom } = link.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) hide();
    else place();
  }

  async function show(target) {
    const block = await blockAt(new URL(target.href));
    if (!block || link !== target) return;
    if (!card) {
      card = Object.assign(document.createElement("div"), { className: "preview", id: "preview", popover: "manual" });
      card.setAttribute("role", "tooltip");
      card.addEventListener("pointerenter", () => clearTimeout(timer));
      card.addEventListener("pointerleave", leave);
      document.body.append(card);
    }
    card.replaceChildren(block);
    card.showPopover();
    place();
    target.setAttribute("aria-describedby", "preview");
  }

  function want(target, wait) {
    if (target === link) return clearTimeout(timer);
    hide();
    link = target;
    timer = setTimeout(show, wait, target);
  }

  function leave() {
    clearTimeout(timer);
    timer = setTimeout(hide, WAIT.close);
  }

  function start() {
    for (const target of document.querySelectorAll(LINKS)) {
      target.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && want(target, WAIT.open));
      target.addEventListener("pointerleave", leave);
      target.addEventListener("focus", () => target.matches(":focus-visible") && want(target, 0));
      target.addEventListener("blur", hide);
      // The browser's own box would lie on top of ours with the same words.
      if (target.title && /bibliography/.test(target.pathname)) target.removeAttribute("title");
    }
    addEventListener("keydown", (event) => event.key === "Escape" && hide());
    addEventListener("scroll", follow, { passive: true });
  }

  if (HTMLElement.prototype.showPopover) start();
})();
