"""Which routes let each caller through only so often in ten minutes (row E5).

A route of ours says so itself, with `limited=N`: N times the usual number of calls.
Odoo's own that find something by a secret stand here; why the others need no limit is
said in `tests/limits.txt`.
"""

# what a page asks often by itself is let through more often
ODOO_LIMITED = {
    "/chat/<int:channel_id>/<string:invitation_token>": 1,
    "/chat/<string:create_token>": 1,
    "/chat/<string:create_token>/<string:channel_name>": 1,
    "/mail/chatter_fetch": 20,
    "/mail/unfollow": 1,
    "/meet/<string:create_token>": 1,
    "/meet/<string:create_token>/<string:channel_name>": 1,
    "/payment/confirmation": 5,
    "/payment/pay": 5,
    "/payment/transaction": 5,
    "/portal/attachment/remove": 5,
    "/portal/chatter_init": 20,
    "/sms/status": 50,
    # they ask other machines for whoever calls
    "/html_editor/link_preview_external": 5,
    "/mail/link_preview": 5,
}


def get_limit(rule):
    """Return how many times the usual number of calls a route takes, 0 for any."""
    return rule.endpoint.routing.get("limited") or ODOO_LIMITED.get(rule.rule, 0)
