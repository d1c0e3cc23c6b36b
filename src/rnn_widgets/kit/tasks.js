// Things to do with an explorer. Each notices that it is done, says why, and stays done.
import { create } from "d3-selection";

/**
 * `tasks` is a list of { name, text, solved(measured, settings), why(measured, settings) }. Call
 * `look(measured, settings)` after each change; it gives what was solved by it, to be read out.
 */
export function createTasks({ tasks, memory }) {
  const root = create("div").attr("class", "tasks");
  root.append("p").attr("class", "small-title").text(tasks.length > 1 ? "Can you?" : "Can you do this?");
  const list = root.append("ul");
  const items = tasks.map((task) => {
    const item = list.append("li");
    item.append("span").attr("class", "mark").attr("aria-hidden", "true");
    const body = item.append("span");
    body.append("span").text(task.text);
    const state = body.append("span").attr("class", "visually-hidden");
    const why = body.append("span").attr("class", "why");
    return { task, item, state, why };
  });
  const done = { ...memory.recall().tasks };

  function show({ task, item, state, why }) {
    const reason = done[task.name];
    item.classed("done", Boolean(reason));
    item.select(".mark").text(reason ? "✓" : "");
    state.text(reason ? " Done." : " Not done yet.");
    why.text(reason ? ` ${reason}` : "");
  }
  items.forEach(show);

  /** Settings that the reader did not choose, such as the first ones, solve nothing. */
  function look(measured, settings) {
    const now = items.filter(({ task }) => !done[task.name] && task.solved(measured, settings));
    for (const one of now) {
      done[one.task.name] = one.task.why(measured, settings);
      show(one);
    }
    if (now.length) memory.keep({ tasks: done });
    return now.map(({ task }) => `Done: ${task.text} ${done[task.name]}`).join(" ");
  }

  return { node: root.node(), look };
}
