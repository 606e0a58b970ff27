"""Percentiles of waiting times out of histograms that can be added up.

The median of a month is not the mean of the medians of its days. So each day keeps how
many decisions fell into each of 25 classes of waiting hours; the classes of many days
and offices are added, and a percentile is read off the sum, straight lines inside a
class. It is off by less than the width of its class, wherever the days came from.
"""

from itertools import pairwise

from odoo.tools import SQL

# lower borders of the classes, in hours; the last one is closed at two years
EDGES = (
    *(0, 0.25, 0.5, 1, 2, 4, 8, 12, 18, 24, 36, 48, 72, 96, 120),
    *(168, 240, 336, 504, 720, 1080, 1440, 2160, 4320, 8760),
)
BORDERS = (*EDGES, 17520)
CLASSES = range(1, len(EDGES) + 1)

FUNCTION = """
CREATE OR REPLACE FUNCTION sajad_percentile(
    counts numeric[], borders float8[], share float8
) RETURNS float8 AS $$
DECLARE
    wanted float8;
    passed float8 := 0;
    number float8;
BEGIN
    SELECT share * sum(c) INTO wanted FROM unnest(counts) c;
    IF wanted IS NULL OR wanted <= 0 THEN
        RETURN NULL;
    END IF;
    FOR i IN 1 .. array_length(counts, 1) LOOP
        number := COALESCE(counts[i], 0);
        IF number > 0 AND passed + number >= wanted THEN
            RETURN borders[i]
                + (borders[i + 1] - borders[i]) * (wanted - passed) / number;
        END IF;
        passed := passed + number;
    END LOOP;
    RETURN borders[array_length(borders, 1)];
END $$ LANGUAGE plpgsql IMMUTABLE
"""


def percentile(counts, share):
    """Return the hours under which a share of the decisions took, None of nothing."""
    wanted = share * sum(counts)
    if wanted <= 0:
        return None
    passed = 0
    for number, (low, high) in zip(counts, pairwise(BORDERS), strict=True):
        if number and passed + number >= wanted:
            return low + (high - low) * (wanted - passed) / number
        passed += number
    return BORDERS[-1]


def share_under(counts, hours):
    """Return the share of the decisions that took less than so many hours."""
    passed = 0
    for number, (low, high) in zip(counts, pairwise(BORDERS), strict=True):
        if hours < high:
            passed += number * max(hours - low, 0) / (high - low)
            break
        passed += number
    return passed / sum(counts)


def class_sql(hours):
    """Return the SQL of the number of the class, counted from 1."""
    return SQL("width_bucket(%s, %s::float8[])", hours, list(EDGES))


def counts_sql(number):
    """Return the SQL of the histogram of a group of class numbers."""
    parts = (SQL("count(*) FILTER (WHERE %s = %s)", number, i) for i in CLASSES)
    return SQL("ARRAY[%s]::int[]", SQL(", ").join(parts))


def merged_sql(histogram):
    """Return the SQL of the sum of the histograms of a group."""
    parts = (SQL("sum(%s[%s])", histogram, i) for i in CLASSES)
    return SQL("ARRAY[%s]", SQL(", ").join(parts))


def percentile_sql(histogram, share):
    """Return the SQL of a percentile over the histograms of a group."""
    return SQL(
        "sajad_percentile(%s::numeric[], %s::float8[], %s)",
        merged_sql(histogram),
        list(BORDERS),
        share,
    )
