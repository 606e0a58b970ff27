"""Percentiles of waiting times, exact however many days and offices they span.

The median of a month is not the mean of the medians of its days. So each day keeps how
many seconds each of its decisions took (four bytes each), and a percentile of many days
and offices is taken of all of them.
"""

from odoo.tools import SQL


def waits_sql(seconds):
    """Return the SQL of the waiting times of a group, to be kept; NULL of none."""
    return SQL(
        "array_agg(round(%s)::int ORDER BY %s) FILTER (WHERE %s IS NOT NULL)",
        seconds,
        seconds,
        seconds,
    )


def percentile_sql(waits, share):
    """Return the SQL of the hours under which a share of a group's decisions took.

    Of nothing it is NULL.
    """
    return SQL("(%s / 3600)", _gathered_sql(waits, share))


def quantiles_sql(waits, shares):
    """Return the SQL of the array of the seconds at several shares."""
    return _gathered_sql(waits, SQL("%s::float8[]", list(shares)))


def ordered_sql(waits):
    """Return the SQL of all waiting times of a group in their order; NULL of none."""
    return SQL("(SELECT array_agg(wait ORDER BY wait) FROM %s)", _waits_of(waits))


def percentile_of_ordered_sql(waits, share):
    """Return what `percentile_sql` does, for few rows with long ordered `waits`.

    The percentile of all lies between the least and the greatest of the rows' own ones.
    What is less is only counted, and but the times in between are put in order: that is
    little where the rows are alike, and nothing where there is one.
    """
    return SQL(
        """
        (SELECT (near[floor(place)::int - below + 1]::float8 * (1 - place %% 1)
                 + near[ceil(place)::int - below + 1]::float8 * (place %% 1)) / 3600
           FROM (
                SELECT min(waits[floor(%(share)s * (size - 1))::int + 1]) AS low,
                       max(waits[ceil(%(share)s * (size - 1))::int + 1]) AS high,
                       %(share)s * (sum(size) - 1) AS place
                  FROM %(rows)s, LATERAL cardinality(part.waits) AS size
                ) border,
        LATERAL (
                SELECT sum(width_bucket(low - 1, waits))::int AS below
                  FROM %(rows)s
                ) less,
        LATERAL (
                SELECT array_agg(wait ORDER BY wait) AS near
                  FROM %(rows)s,
                       unnest(waits[width_bucket(low - 1, waits) + 1
                                    :width_bucket(high, waits)]) AS wait
                ) between_them)
        """,
        share=SQL("%s::numeric", share),
        rows=_arrays_of(waits),
    )


def _gathered_sql(waits, share):
    return SQL(
        "(SELECT percentile_cont(%s) WITHIN GROUP (ORDER BY wait::float8) FROM %s)",
        share,
        _waits_of(waits),
    )


def _waits_of(waits):
    """Return the SQL of the waiting times of a group, a row each, called `wait`."""
    return SQL("%s, unnest(part.waits) AS wait", _arrays_of(waits))


def _arrays_of(waits):
    """Return the SQL of the arrays of a group, a row each, called `part.waits`."""
    # arrays of different lengths are gathered as rows: PostgreSQL joins no others
    return SQL(
        "unnest(array_agg(ROW(%s)) FILTER (WHERE %s IS NOT NULL)) AS part(waits int[])",
        waits,
        waits,
    )
