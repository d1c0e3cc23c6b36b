"""Make the explorers live on the published page, and give readers without scripts a figure.

myst-nb chooses one format of each output. An explorer has two: its live view, and a picture of its initial
state. Both go to the page, the picture inside ``.explorer-fallback``; the host script hides the picture
once the live view stands. `widget_host.js` is that script, and it needs no kernel.

The page also carries the explorers' state. Notebooks make widgets that no page shows, and several widgets
on a page hold the same script and the same data, so the state is cut to what is shown, with each large value
once.
"""

import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import sanitize_script_content
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.fileutil import copy_asset_file

SCRIPT = Path(__file__).with_name("widget_host.js")
VIEW = "application/vnd.jupyter.widget-view+json"
SHOWN = re.compile(r'"model_id":\s*"(\w+)"')
LARGE = 1000  # characters of JSON; smaller values are not worth a reference


class KeepFallbackImage(SphinxPostTransform):
    """Put an explorer's picture beside its live view before myst-nb drops all formats but one."""

    default_priority = 3  # myst-nb selects at 4
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Wrap each live view, with its picture if it has one, in a container of class ``explorer``.

        Another class says which one it is: the style sheet knows how much room each needs.
        """
        names = kinds(NbMetadataCollector.get_js_files(self.env, self.env.docname))
        for bundle in list(self.document.findall(is_bundle)):
            by_type = {child["mime_type"]: child for child in bundle.children}
            if VIEW not in by_type:
                continue
            view = by_type[VIEW]
            model = SHOWN.search(view.astext())
            explorer = nodes.container(classes=["explorer", *names.get(model[1] if model else "", [])])
            explorer += view.children
            if "image/png" in by_type:
                picture = nodes.container("", *by_type["image/png"].children, classes=["explorer-fallback"])
                for image in picture.findall(nodes.image):
                    image.setdefault("alt", by_type["text/plain"].astext())  # the explorer in words
                explorer += picture
            view.children = []
            view += explorer


def kinds(scripts: dict[str, Any]) -> dict[str, list[str]]:
    """Return, for each model of a page that is an explorer, the class for its kind, in a list."""
    if "ipywidgets_state" not in scripts:
        return {}
    models = json.loads(scripts["ipywidgets_state"][1]["body"])["state"]
    found = {}
    for name, model in models.items():
        kind = re.fullmatch(r"\w+(?:\.\w+)*\.(\w+)Explorer", model["state"].get("_anywidget_id", ""))
        if kind:
            found[name] = [f"explorer-{kind[1].lower()}"]
    return found


def compact(saved: dict[str, Any], shown: set[str]) -> dict[str, Any]:
    """Return the state of the shown models and of those they refer to, with large values moved to ``shared``.

    In place of a large value stands ``{"shared": i}``, its index in the list.
    """
    models: dict[str, Any] = {}
    texts: list[str] = []
    pending = [model for model in shown if model in saved]
    while pending:
        model = pending.pop()
        models[model] = {**saved[model], "state": dict(saved[model]["state"])}
        for key, value in saved[model]["state"].items():
            text = json.dumps(value)
            if len(text) >= LARGE:
                texts += [] if text in texts else [text]
                models[model]["state"][key] = {"shared": texts.index(text)}
            pending += [
                other
                for other in re.findall(r"IPY_MODEL_(\w+)", text)
                if other in saved and other not in models
            ]
    return {"state": models, "shared": [json.loads(text) for text in texts]}


def compact_page_state(app: Sphinx, doctree: nodes.document) -> None:
    """Replace the state that myst-nb noted for a page by its compact form."""
    scripts = NbMetadataCollector.get_js_files(app.env, app.env.docname)
    if "ipywidgets_state" in scripts:
        _, tag = scripts["ipywidgets_state"]
        shown = {match for raw in doctree.findall(nodes.raw) for match in SHOWN.findall(raw.astext())}
        state = compact(json.loads(tag["body"])["state"], shown)
        tag["body"] = sanitize_script_content(json.dumps(state))


def is_bundle(node: nodes.Node) -> bool:
    """Whether the node holds the formats of one notebook output."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "mime_bundle"


def configure(app: Sphinx, config: Config) -> None:
    """Replace the scripts that myst-nb would load. Deferred and classic: a module fails under file://."""
    config.nb_ipywidgets_js = {SCRIPT.name: {"defer": "defer"}}


def copy_script(app: Sphinx) -> None:
    """Copy the host script into the site."""
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        copy_asset_file(str(SCRIPT), str(static))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension."""
    app.connect("config-inited", configure)
    app.connect("builder-inited", copy_script)
    app.connect("doctree-read", compact_page_state)
    app.add_post_transform(KeepFallbackImage)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
