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
    """Return what `percentile_sql` does, for rows with long ordered `waits`.

    Each row is cut by marks, the long ones into 32 parts. So much lies at least
    (`sure`) up to a mark, and so much at most (`perhaps`) before it: that tells between
    which marks the percentile lies. What is less is only counted, and no more than the
    times in between are put in order.
    """
    return SQL(
        """
        (SELECT COALESCE(
                near[floor(place)::int - below + 1]::float8 * (1 - place %% 1)
                + near[ceil(place)::int - below + 1]::float8 * (place %% 1), low) / 3600
           FROM (
                SELECT place, max(mark) FILTER (WHERE perhaps <= place) AS low,
                       min(mark) FILTER (WHERE sure >= ceil(place) + 1) AS high
                  FROM (
                       SELECT mark, %(share)s * (sum(before) OVER () - 1) AS place,
                              sum(before) OVER (ORDER BY mark) AS sure,
                              sum(after) OVER (ORDER BY mark) - sum(after) OVER (
                                  PARTITION BY mark) AS perhaps
                         FROM (
                              SELECT waits[1 + size * n / parts] AS mark,
                                     CASE n WHEN 0 THEN 1 ELSE size * n / parts
                                       - size * (n - 1) / parts END AS before,
                                     CASE n WHEN parts THEN 1 ELSE
                                       size * (n + 1) / parts - size * n / parts
                                       END AS after
                                FROM %(rows)s,
                             LATERAL (SELECT cardinality(waits) - 1) AS a(size),
                             LATERAL (SELECT GREATEST(1, LEAST(32, size / 8))
                                     ) AS b(parts),
                                     generate_series(0, parts) AS n
                               WHERE size >= 0 OFFSET 0) marks
                       ) borders
                 GROUP BY place) border,
        LATERAL (
                SELECT sum(width_bucket(low - 1, waits))::int AS below
                  FROM %(rows)s
                ) less,
        LATERAL (
                SELECT array_agg(wait ORDER BY wait) AS near
                  FROM %(rows)s,
                       unnest(waits[width_bucket(low - 1, waits) + 1
                                    :width_bucket(high, waits)]) AS wait
                 WHERE low < high
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
