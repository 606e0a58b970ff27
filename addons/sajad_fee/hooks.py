from odoo.tools.sql import column_exists


def post_init_hook(env):
    """Make tariffs of this year of what services cost before this addon was there.

    Until 19.0.1.1.0 `sajad.process` had `fee` and `fee_note`; their columns are removed
    at the end of the update that brings this addon.
    """
    if not column_exists(env.cr, "sajad_process", "fee"):
        return
    env.cr.execute(
        "SELECT id, fee, fee_note FROM sajad_process WHERE fee > 0 ORDER BY id"
    )
    for process_id, fee, note in env.cr.fetchall():
        tariff = env["sajad.tariff"].create({"process_id": process_id, "amount": fee})
        for lang, text in (note or {}).items():
            tariff.with_context(lang=lang).note = text
