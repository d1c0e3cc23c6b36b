"""Make the explorers live on the published page, and give readers without scripts a figure.

myst-nb chooses one format of each output. An explorer has two: its live view, and a picture of its initial
state. Both go to the page, the picture inside ``.explorer-fallback``; the host script hides the picture
once the live view stands. `widget_host.js` is that script, and it needs no kernel.

The page also carries the explorers' state. Notebooks make widgets that no page shows, so the state is cut to
what is shown. Large values, an explorer's script above all, are written once for the whole site, each into a
file that is fetched when the explorer comes near.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import sanitize_script_content
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.fileutil import copy_asset_file

SCRIPT = Path(__file__).with_name("widget_host.js")
VIEW = "application/vnd.jupyter.widget-view+json"
SHOWN = re.compile(r'"model_id":\s*"(\w+)"')
LARGE = 1000  # characters of JSON; smaller values are not worth a file
FOLDER = "explorers"  # within the static files


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


def compact(saved: dict[str, Any], shown: set[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the state of the shown models and of those they refer to, and their large values.

    These are JSON, by name. In place of a large value stands ``{"shared": name}``.
    """
    models: dict[str, Any] = {}
    texts: dict[str, str] = {}
    pending = [model for model in shown if model in saved]
    while pending:
        model = pending.pop()
        models[model] = {**saved[model], "state": dict(saved[model]["state"])}
        for key, value in saved[model]["state"].items():
            text = json.dumps(value)
            if len(text) >= LARGE:
                name = hashlib.sha256(text.encode()).hexdigest()[:16]
                texts[name] = text
                models[model]["state"][key] = {"shared": name}
            pending += [
                other
                for other in re.findall(r"IPY_MODEL_(\w+)", text)
                if other in saved and other not in models
            ]
    return {"state": models}, texts


def compact_page_state(app: Sphinx, doctree: nodes.document) -> None:
    """Replace the state that myst-nb noted for a page by its compact form, and note what becomes a file."""
    scripts = NbMetadataCollector.get_js_files(app.env, app.env.docname)
    if "ipywidgets_state" in scripts:
        _, tag = scripts["ipywidgets_state"]
        shown = {match for raw in doctree.findall(nodes.raw) for match in SHOWN.findall(raw.astext())}
        state, texts = compact(json.loads(tag["body"])["state"], shown)
        tag["body"] = sanitize_script_content(json.dumps(state))
        large_values(app.env)[app.env.docname] = texts


def large_values(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return the large values of all pages, by page and name."""
    if not hasattr(env, "explorer_values"):
        env.explorer_values = {}  # type: ignore[attr-defined]
    return env.explorer_values  # type: ignore[attr-defined]


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the values of a page that is read again or is no more."""
    large_values(env).pop(docname, None)


def merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take over what another process read."""
    large_values(env).update(
        {name: large_values(other)[name] for name in docnames & large_values(other).keys()}
    )


def write_values(app: Sphinx, env: BuildEnvironment) -> None:
    """Write each large value into a script that hands it over: a page opened as a file can load those."""
    if app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for texts in large_values(env).values():
        for name, text in texts.items():
            script = f'(globalThis.explorerValues ??= {{}})["{name}"] = {text};\n'
            (folder / f"{name}.js").write_text(script, encoding="utf-8")


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
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", write_values)
    app.add_post_transform(KeepFallbackImage)
    return {"version": "2", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
