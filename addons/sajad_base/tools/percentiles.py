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


def _gathered_sql(waits, share):
    # arrays of different lengths are gathered as rows: PostgreSQL joins no others
    return SQL(
        "(SELECT percentile_cont(%s) WITHIN GROUP (ORDER BY wait::float8)"
        " FROM unnest(array_agg(ROW(%s)) FILTER (WHERE %s IS NOT NULL))"
        " AS of_a_day(waits int[]), unnest(of_a_day.waits) AS wait)",
        share,
        waits,
        waits,
    )
