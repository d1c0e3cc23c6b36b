// What the bar's button loads: Python, and the cells that it runs.
import { boot, Trouble } from "../runtime/session.js";
import { Bar } from "./bar_running.js";
import { Chapter } from "./chapter.js";

/* global PARTS, WORKER: set when this is bundled */
export const options = () => ({ parts: PARTS, worker: WORKER, base: new URL(".", import.meta.url) });
export { boot };

/** Load Python and make the page's cells live; resolves when the first cell can be run, or not at all. */
export async function begin(element) {
  const bar = new Bar(element);
  try {
    const session = await boot({ ...options(), onProgress: (done, total) => bar.loading(done, total) });
    new Chapter(bar, session);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    bar.trouble(error.message);
  }
}
