// The worker of a session: starts one Python and passes messages between it and the page.
import { filesOf, guest } from "./guest.mjs";

const PROGRAM = "import sys; sys.path.insert(0, '/book'); from live_session import serve; serve()";
let python = null;

/** Start with what the page has loaded; `commands` are all there will be where a Python cannot wait. */
async function start({ module, parts, lasts, commands }) {
  python = guest({
    module,
    parts: { library: parts.library, figures: filesOf(parts.figures), book: filesOf(parts.book) },
    program: PROGRAM,
    lasts,
    onMessage: (message) => postMessage(message),
  });
  for (const command of commands) python.send(command);
  if (!lasts) python.close();
  try {
    postMessage({ kind: "ended", code: await python.start() });
  } catch (error) {
    postMessage({ kind: "ended", code: null, reason: String(error) });
  }
}

onmessage = ({ data }) => (data.command ? python.send(data.command) : start(data));
