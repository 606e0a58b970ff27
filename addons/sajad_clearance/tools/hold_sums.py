"""What a person's holds come to, in one statement."""

from odoo.tools import SQL


def add_up(holds_sudo, domain):
    """Return (number, rials of debts, whether somebody began to pay) of a domain."""
    env = holds_sudo.env
    env["sajad.hold.transaction.line"].flush_model()
    holds_sudo.flush_model(["kind", "residual"])
    query = holds_sudo._search(domain)
    columns = query.select(
        SQL("COUNT(*)"),
        SQL("SUM(sajad_hold.residual) FILTER (WHERE sajad_hold.kind = 'debt')"),
        SQL(
            """bool_or(EXISTS (SELECT FROM sajad_hold_transaction_line line
                                WHERE line.hold_id = sajad_hold.id))"""
        ),
    )
    ((count, debts, tried),) = env.execute_query(columns)
    return count, debts or 0, bool(tried)
