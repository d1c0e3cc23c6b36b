// What stands below the figures, each in a fold: it is made when it is opened.
import { mount as breakIt } from "./break_it.js";
import { mount as compare } from "./compare.js";
import { element } from "./elements.js";
import { mount as exportRun } from "./export.js";
import { mount as missions } from "./missions_view.js";
import { mount as repeat } from "./repeat.js";
import { mount as tryIt } from "./try_it.js";

const TOOLS = [
  { name: "missions", title: "Missions", mount: missions, open: true },
  { name: "break", title: "Break it", mount: breakIt },
  { name: "try", title: "Try the network", mount: tryIt },
  { name: "compare", title: "Compare two runs", mount: compare },
  { name: "repeat", title: "Ten seeds", mount: repeat },
  { name: "export", title: "Take it along", mount: exportRun },
];

export function mountTools(host, app) {
  for (const { name, title, mount, open = false } of TOOLS) {
    const inside = element("div", { className: "pg-inside" });
    const fold = element("details", { className: `pg-tool pg-tool-${name}` }, element("summary", {}, title), inside);
    let made = false;
    const make = () => {
      if (made || !fold.open) return;
      made = true;
      try {
        mount(inside, app);
      } catch (error) {
        inside.append(element("p", {}, `This part could not be made: ${error.message}.`));
        console.error(error);
      }
    };
    fold.addEventListener("toggle", make);
    host.append(fold);
    fold.open = open;
    make();
  }
}
