"""Links that put an explorer of a page into a state: ``{state}`a weight of 3 <latch: w=3>```.

What stands before the colon is the name of an explorer, what follows are settings; those that are not named
are as at first; numbers of a list have no space between them. A name or a setting that the page's explorers
do not have is a warning.
"""

import json
import re
from typing import Any
from urllib.parse import urlencode

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

LOGGER = logging.getLogger(__name__)
FORM = re.compile(r"(?P<text>.+?)\s*<(?P<name>[a-z0-9-]+)(?::\s*(?P<settings>[^>]*))?>", re.S)


class StateRole(SphinxRole):
    """The role ``state``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the link; what it names is looked for when the whole page is read."""
        match = FORM.fullmatch(self.text.strip())
        if not match:
            message = self.inliner.reporter.error(f"not a link to a state: {self.text}", line=self.lineno)
            return [], [message]
        settings = dict(
            part.strip().split("=", 1) for part in re.split(r",\s+", match["settings"] or "") if part.strip()
        )
        link = nodes.reference("", match["text"], internal=True, classes=["explorer-state"])
        link["refuri"] = "#" + urlencode({"explorer": match["name"], **settings})
        link["explorer_state"] = (match["name"], settings)
        self.set_source_info(link)
        return [link], []


def explorers(app: Sphinx) -> dict[str, dict[str, Any]]:
    """Return the rules for the settings of each explorer of the present page, by its name."""
    scripts = NbMetadataCollector.get_js_files(app.env, app.env.docname)
    if "ipywidgets_state" not in scripts:
        return {}
    models = json.loads(scripts["ipywidgets_state"][1]["body"])["state"]
    states = [model["state"] for model in models.values()]
    return {state["name"]: state["schema"] for state in states if "schema" in state}


def fault(value: str, rule: dict[str, Any] | None) -> str | None:
    """Say why a setting cannot have a value, or nothing."""
    if rule is None:
        return "there is no such setting"
    if "values" in rule:
        known = [str(each).lower() if isinstance(each, bool) else str(each) for each in rule["values"]]
        return None if value in known else f"it is one of {', '.join(known)}"
    if "letters" in rule:
        return (
            None if len(value) <= rule["most"] and set(value) <= set(rule["letters"]) else "not such a text"
        )
    if "of" in rule:
        parts = value.split(",") if value else []
        if "length" in rule and len(parts) != rule["length"]:
            return f"it is {rule['length']} numbers"
        return next((why for part in parts if (why := fault(part, rule["of"]))), None)
    try:
        number = float(value)
    except ValueError:
        return "not a number"
    return None if rule["min"] <= number <= rule["max"] else f"it is from {rule['min']} to {rule['max']}"


def check_links(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of a link to a state that no explorer of the page can have."""
    links = [link for link in doctree.findall(nodes.reference) if "explorer_state" in link]
    known = explorers(app) if links else {}
    for link in links:
        name, settings = link["explorer_state"]
        if name not in known:
            LOGGER.warning("no explorer called %r on this page", name, location=link, type="state")
        for setting, value in settings.items() if name in known else ():
            why = fault(value, known[name].get(setting))
            if why:
                LOGGER.warning("%s: %s=%s: %s", name, setting, value, why, location=link, type="state")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.add_role("state", StateRole())
    app.connect("doctree-read", check_links, priority=400)  # before the page's state is made compact
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
