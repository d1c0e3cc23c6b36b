"""What every explorer must do: refuse bad settings, and store a picture beside its live view."""

import base64
import gzip
import re

import numpy as np
import pytest
from javascript import EXPLORERS as SOURCES
from traitlets import TraitError

from rnn_widgets import ClippingExplorer, ClockExplorer, ExciteExplorer, JacobianExplorer, ThinningExplorer
from rnn_widgets.kit import bundle

EXPLORERS = (JacobianExplorer, ClippingExplorer, ExciteExplorer, ThinningExplorer, ClockExplorer)
DRAWS = (JacobianExplorer, ThinningExplorer, ClockExplorer)
MOST_BYTES = dict.fromkeys(EXPLORERS, 40 * 1024)  # compressed
NAN = float("nan")
BAD = [
    *((JacobianExplorer, "gamma", value) for value in (-0.01, 2.01, "1", NAN)),
    *((JacobianExplorer, "rho", value) for value in (2.5, NAN)),
    (JacobianExplorer, "strength", -1.0),
    (JacobianExplorer, "input_scale", 2.1),
    (JacobianExplorer, "family", "Gaussian"),
    (JacobianExplorer, "activation", "sigmoid"),
    *((ClippingExplorer, "w", value) for value in (2.99, 6.01, "5", NAN)),
    *((ClippingExplorer, "b", value) for value in (-3.6, NAN)),
    *((ClippingExplorer, "learning_rate", value) for value in (0.0, 1.1)),
    *((ClippingExplorer, "clip", value) for value in (0.0, NAN)),
    *((ClippingExplorer, "updates", value) for value in (0, 301, 2.5)),
    *((ClippingExplorer, "T", value) for value in (0, 101)),
    *((ClippingExplorer, "update", value) for value in (-1, 301, 2.5)),
    *((ClippingExplorer, "paths", value) for value in ("none", "Both")),
    *((ClockExplorer, "mu", value) for value in (0.04, 1.01, "1", NAN)),
    *((ClockExplorer, "alpha", value) for value in (-0.01, 0.96, NAN)),
    *((ClockExplorer, "beta", value) for value in (0.0, 3.01, NAN)),
    *((ClockExplorer, "clock", value) for value in (-0.01, 1.01, NAN)),
    (ThinningExplorer, "curve", "sine"),
    *((ThinningExplorer, "ceiling", value) for value in (0.99, 6.01, NAN)),
    *((ThinningExplorer, "fallen", value) for value in (-1, 121, 2.5)),
    *((ExciteExplorer, "mu", value) for value in (0.04, 1.01, NAN)),
    *((ExciteExplorer, "alpha", value) for value in (-0.01, 0.96)),
    *((ExciteExplorer, "beta", value) for value in (0.09, 3.01)),
    *((ExciteExplorer, "at", value) for value in (-0.1, 10.1, NAN)),
    (ClockExplorer, "evaluation", "wrong"),
    *((kind, "draw", value) for kind in DRAWS for value in (3, -1, 0.5)),
]
GENERIC = {
    JacobianExplorer: {"gamma": 1.17, "rho": 1.31, "family": "gaussian", "draw": 1},
    ClippingExplorer: {"w": 4.53, "b": -2.61, "updates": 19},
    ExciteExplorer: {"mu": 0.62, "alpha": 0.57, "events": [1.5, 4.0]},
    ThinningExplorer: {"ceiling": 4.1, "fallen": 17, "draw": 1},
    ClockExplorer: {"mu": 0.62, "alpha": 0.57, "clock": 0.4, "draw": 1},
}


def generic(kind, **settings):
    drawn = {} if kind not in DRAWS else {"draws": 3, "rng": np.random.default_rng(5)}
    return kind(**drawn, **{**GENERIC[kind], **settings})


@pytest.fixture(params=EXPLORERS)
def kind(request):
    return request.param


@pytest.mark.parametrize(("kind", "name", "value"), BAD)
def test_bad_setting(kind, name, value):
    explorer = generic(kind)
    before = explorer.settings
    with pytest.raises(TraitError, match=name):
        setattr(explorer, name, value)
    assert explorer.settings == before
    with pytest.raises(TraitError, match=name):
        generic(kind, **{name: value})
    with pytest.raises(TraitError, match=name):
        explorer.set_state({name: value})  # what a browser sends


def test_unknown_setting(kind):
    message = rf"unknown setting 'roh'; the settings are {', '.join(kind().settings)}"
    with pytest.raises(TypeError, match=message):
        kind(roh=0.9)


def test_what_is_carried_cannot_be_changed(kind):
    explorer = generic(kind)
    carried = ["initial", *(["problem"] if kind is ClippingExplorer else ["draws"] if kind in DRAWS else [])]
    for name in carried:
        before = getattr(explorer, name)
        with pytest.raises(TraitError, match="read-only"):
            setattr(explorer, name, type(before)())


@pytest.mark.parametrize("kind", DRAWS)
def test_same_generator_same_draws(kind):
    assert generic(kind).draws == generic(kind).draws
    assert kind().draws == kind().draws
    for value in (0, -2, 2.5, True):
        with pytest.raises(ValueError, match=rf"^draws must be a positive integer, got {value}"):
            kind(draws=value)


def test_initial_settings_are_kept(kind):
    explorer = generic(kind)
    before = explorer.settings
    assert explorer.initial == before
    assert GENERIC[kind].items() <= before.items()
    name, value = next(iter(kind().settings.items()))
    setattr(explorer, name, value)
    assert explorer.settings == {**before, name: value} != before == explorer.initial


def test_missing_bundle_says_what_to_do(kind, monkeypatch, tmp_path):
    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    with pytest.raises(FileNotFoundError, match="In a clone `make widgets` builds"):
        kind()


def test_stored_output_has_a_picture_beside_the_live_view(kind):
    explorer = generic(kind)
    data, metadata = explorer._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.model_id
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == explorer.alt_text == metadata["image/png"]["alt"]
    assert len(explorer.alt_text) > 60


def test_style_sheet_speaks_of_its_own_explorer_only(kind):
    """Several explorers may stand on one page, and then each has the style sheets of all."""
    sheet = (SOURCES / kind.BUNDLE / "style.css").read_text(encoding="utf-8")
    own = ".rnn-explorer." + kind.BUNDLE
    rules = re.findall(r"^([^@\n{]+?) *\{", sheet, flags=re.M)
    assert len(rules) > 5
    for rule in rules:
        assert all(re.match(rf"{re.escape(own)}[ .:]", part.strip()) for part in split_list(rule)), rule


def split_list(selectors):
    """Split at the commas that are in no brackets."""
    return re.split(r",(?![^(]*\))", selectors)


def test_bundle_is_small_and_asks_for_nothing(kind):
    explorer = kind()
    assert len(gzip.compress(explorer._esm.encode())) <= MOST_BYTES[kind]
    assert "sourceMappingURL" not in explorer._esm
    # Names of XML namespaces are written like addresses but never fetched.
    addresses = set(re.findall(r"https?://[^\"'`\s)]+", explorer._esm + explorer._css))
    assert all(address.startswith("http://www.w3.org/") for address in addresses)
