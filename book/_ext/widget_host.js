// Runs the book's explorers (anywidget modules) on a static page: no kernel, no server, no other host.
(() => {
  "use strict";
  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
  const VIEW = 'script[type="application/vnd.jupyter.widget-view+json"]';
  const NEEDS_KERNEL = "This control needs a running Python kernel. Open the notebook in Jupyter to use it.";
  const FAILED = "The interactive figure could not be started in this browser.";

  /** The part of a Jupyter widget model that an anywidget module may use. */
  class Model {
    #state;
    #listeners = new Map();
    constructor(state) {
      this.#state = { ...state };
    }
    get(key) {
      return this.#state[key];
    }
    set(key, value) {
      const patch = typeof key === "object" ? key : { [key]: value };
      const changed = Object.keys(patch).filter((name) => !Object.is(this.#state[name], patch[name]));
      Object.assign(this.#state, patch);
      for (const name of changed) this.#emit(`change:${name}`, this, patch[name]);
      if (changed.length) this.#emit("change", this);
    }
    on(names, listener) {
      for (const name of names.split(/\s+/)) {
        if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
        this.#listeners.get(name).add(listener);
      }
    }
    off(names, listener) {
      for (const name of names?.split(/\s+/) ?? [...this.#listeners.keys()]) {
        if (listener) this.#listeners.get(name)?.delete(listener);
        else this.#listeners.delete(name);
      }
    }
    save_changes() {} // nobody to save to: all views on the page share this model
    send() {}
    #emit(name, ...details) {
      for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(...details);
    }
  }

  /** Put the binary traits, which the page carries as base64, back where they belong. */
  function withBuffers({ state, buffers = [] }) {
    const whole = structuredClone(state);
    for (const { path, data } of buffers) {
      const parent = path.slice(0, -1).reduce((node, key) => node[key], whole);
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      parent[path.at(-1)] = new DataView(bytes.buffer);
    }
    return whole;
  }

  const modules = new Map();
  function load(source) {
    if (!modules.has(source)) {
      const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      const widget = import(url).then(({ default: d }) => (typeof d === "function" ? d() : d));
      modules.set(source, widget.finally(() => URL.revokeObjectURL(url)));
    }
    return modules.get(source);
  }

  const styles = new Set();
  function addStyle(css) {
    if (!css || styles.has(css)) return;
    styles.add(css);
    document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  }

  const models = new Map(); // model id -> promise of { widget, model }
  async function start(entry) {
    const widget = await load(entry.state._esm);
    const model = new Model(withBuffers(entry));
    await widget.initialize?.({ model, experimental: {} });
    return { widget, model };
  }

  function note(tag, text) {
    tag.after(Object.assign(document.createElement("p"), { className: "explorer-note", textContent: text }));
  }

  let entries = null; // model id -> what the page stores of it; read when the first explorer comes near
  function stored() {
    const tag = document.querySelector(STATE);
    entries ??= tag ? (JSON.parse(tag.textContent).state ?? {}) : {};
    return entries;
  }

  const host = document.currentScript?.src;
  const values = new Map(); // name -> promise of a large value, which has a file of its own
  function fetchValue(name) {
    if (!values.has(name)) {
      const arrival = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(`explorers/${name}.js`, host).href;
        script.onload = () => resolve(globalThis.explorerValues[name]);
        script.onerror = () => {
          values.delete(name); // the next try asks again
          reject(new Error(`${script.src} could not be loaded`));
        };
        document.head.append(script);
      });
      values.set(name, arrival);
    }
    return values.get(name);
  }

  async function fill(state) {
    const away = Object.entries(state).filter(([, value]) => value?.shared !== undefined);
    await Promise.all(away.map(async ([key, value]) => (state[key] = await fetchValue(value.shared))));
  }

  const idOf = (tag) => JSON.parse(tag.textContent).model_id;
  const pause = () => new Promise((resolve) => setTimeout(resolve)); // lets the reader's input in

  async function mount(tag) {
    const id = idOf(tag);
    const entry = stored()[id];
    if (!entry?.state?._esm) return note(tag, NEEDS_KERNEL);
    await fill(entry.state);
    if (!models.has(id)) models.set(id, start(entry));
    const { widget, model } = await models.get(id);
    addStyle(entry.state._css);
    await pause();
    const box = tag.closest(".explorer");
    const el = Object.assign(document.createElement("div"), { className: "explorer-view" });
    tag.after(el);
    try {
      await widget.render({ model, el, experimental: {} });
    } catch (error) {
      el.remove();
      throw error;
    }
    box?.classList.add("explorer-live"); // only now is the picture hidden
  }

  // An explorer costs nothing until it is near what the reader sees, or is named in the address.
  const asleep = new Map(); // the box of an explorer -> its tags
  for (const tag of document.querySelectorAll(VIEW)) {
    asleep.set(tag.parentElement, [...(asleep.get(tag.parentElement) ?? []), tag]);
  }
  async function wake(box) {
    const tags = asleep.get(box) ?? [];
    asleep.delete(box);
    watch.unobserve(box);
    for (const tag of tags) {
      try {
        await mount(tag);
      } catch (error) {
        console.error(error);
        note(tag, FAILED);
      }
    }
  }

  async function wakeAll(boxes) {
    await Promise.all(boxes.map(wake));
    performance.mark("explorers-ready");
  }

  const watch = new IntersectionObserver(
    (seen) => wakeAll(seen.filter((each) => each.isIntersecting).map((each) => each.target)),
    { rootMargin: "600px 0px" },
  );

  async function wakeNamed() {
    const name = new URLSearchParams(location.hash.slice(1)).get("explorer");
    if (!name) return;
    const isNamed = (tag) => stored()[idOf(tag)]?.state?.name === name;
    const named = [...asleep.keys()].filter((box) => asleep.get(box).some(isNamed));
    await wakeAll(named);
    for (const box of named) box.scrollIntoView({ block: "nearest" });
  }

  for (const box of asleep.keys()) watch.observe(box);
  addEventListener("hashchange", wakeNamed);
  wakeNamed();
})();
