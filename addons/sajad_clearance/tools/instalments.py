"""Plans of instalments: equal amounts, month by month of the Jalali calendar."""

from odoo.addons.sajad_jalali.tools import jalali


def add_jalali_months(day, count):
    """Return the same day so many Jalali months later, or the last of that month."""
    year, month, number = jalali.from_gregorian(day)
    index = year * 12 + month - 1 + count
    year, month = index // 12, index % 12 + 1
    return jalali.to_gregorian(
        year, month, min(number, jalali.month_length(year, month))
    )


def make_plan(total, count, first):
    """Return [(date, amount)]: equal whole rials, the remainder on the first.

    :param int total: rials to spread
    :param int count: number of instalments, above zero
    :param date first: when the first one is due
    """
    share, rest = divmod(int(total), count)
    return [
        (add_jalali_months(first, number), share + (0 if number else rest))
        for number in range(count)
    ]


def cover(total, paid, amounts):
    """Return how much of each instalment is paid, the oldest first.

    What was paid before the plan is not part of it.

    :param total: rials of the whole debt
    :param paid: rials that came so far
    :param amounts: rials of the instalments, in the order in which they are due
    """
    left = max(paid - (total - sum(amounts)), 0)
    covered = []
    for amount in amounts:
        covered.append(min(left, amount))
        left -= covered[-1]
    return covered
