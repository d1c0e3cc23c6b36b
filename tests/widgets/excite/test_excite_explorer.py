"""The events of excite and decay are times in order, in Python and in a page's address."""

import json

import pytest
from javascript import EXPLORERS, run_node
from traitlets import TraitError

from rnn_widgets import ExciteExplorer


@pytest.mark.parametrize(
    "events", [[2.0, 1.0], [1.0, 1.0], [-0.1], [10.1], [float("nan")], ["1"], [k / 3 for k in range(21)]]
)
def test_bad_events(events):
    explorer = ExciteExplorer()
    with pytest.raises(TraitError, match="events"):
        explorer.events = events
    with pytest.raises(TraitError, match="events"):
        ExciteExplorer(events=events)
    assert explorer.events == [1.0, 2.0, 2.5]


@pytest.mark.parametrize("events", [[], [0.0], [1.25, 3.0, 10.0], [k / 2 for k in range(20)]])
def test_an_address_keeps_the_events(events):
    explorer = ExciteExplorer()
    carried = json.dumps({"schema": explorer.schema, "initial": explorer.initial})
    program = f"""
      import {{ decode, encode }} from {json.dumps((EXPLORERS / "kit" / "address.js").as_uri())};
      const carried = {carried};
      const link = encode("excite", {{ ...carried.initial, events: {json.dumps(events)} }}, carried.initial);
      const bad = ["2,1", "1,1", "11", "1,,2", "a"].map((text) => `#explorer=excite&events=${{text}}`)
        .map((fragment) => decode(fragment, "excite", carried));
      console.log(JSON.stringify([decode(link, "excite", carried), ...bad]));
    """
    result = run_node("--input-type=module", "--eval", program)
    assert result.returncode == 0, result.stderr
    good, *bad = json.loads(result.stdout)
    assert good == {**explorer.initial, "events": events}
    assert all(each == explorer.initial for each in bad)
