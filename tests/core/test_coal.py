"""The coal-mining disasters: published sums, dates known from elsewhere, and the clock of the times."""

import datetime

import numpy as np

# Explosions described in many places, with their dates: Oaks, Swaithe Main and Llan on one day, Clifton Hall,
# Wellington, Hulton, Senghenydd, Gresford, Sneyd, Easington, Six Bells, Hapton Valley.
KNOWN = """1866-12-12 1875-12-06 1875-12-06 1885-06-18 1910-05-11 1910-12-21 1913-10-14 1934-09-22 1942-01-01
1951-05-29 1960-06-28 1962-03-22"""


def test_number_span_and_intervals_are_jarretts(core):
    dates = core.point_process.coal_mining_disasters().dates
    assert len(dates) == 191
    days = [day.toordinal() for day in dates]
    intervals = np.diff(days)
    assert intervals[:9].tolist() == [157, 123, 2, 124, 12, 4, 10, 216, 80]
    assert intervals[-5:].tolist() == [18, 1358, 2366, 952, 632]
    assert intervals.sum() == days[-1] - days[0] == 40_549
    assert dates[0] == datetime.date(1851, 3, 15)
    # A transposed pair of intervals keeps every sum but this one.
    assert int(intervals @ np.arange(1, 191)) == 5_105_395


def test_explosions_that_are_known_from_elsewhere(core):
    dates = [day.isoformat() for day in core.point_process.coal_mining_disasters().dates]
    for day in set(KNOWN.split()):
        assert dates.count(day) == KNOWN.split().count(day), day


def test_times_are_days_since_1851_at_noon(core):
    """By Julian day numbers, which begin at noon, from the calendar's arithmetic."""
    record = core.point_process.coal_mining_disasters()

    def julian(day):
        a = (14 - day.month) // 12
        y, m = day.year + 4800 - a, day.month + 12 * a - 3
        return day.day + (153 * m + 2) // 5 + 365 * y + y // 4 - y // 100 + y // 400 - 32045

    start = julian(datetime.date(1851, 1, 1)) - 0.5
    noon = np.array([julian(day) - start for day in record.dates])
    assert (np.diff(record.times) > 0).all()
    twins = np.flatnonzero(np.diff(noon) == 0)
    assert len(twins) == 1
    i = twins[0]
    np.testing.assert_allclose(record.times[i : i + 2] - noon[i], [-1 / 6, 1 / 6], rtol=0, atol=1e-9)
    alone = np.delete(np.arange(191), [i, i + 1])
    np.testing.assert_array_equal(record.times[alone], noon[alone])
    assert record.end == 112 * 365 + 27  # 28 years divisible by four, of which 1900 is no leap year
    assert 0 < record.times[0] < record.times[-1] < record.end
