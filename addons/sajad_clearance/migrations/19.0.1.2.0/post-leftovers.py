"""What has another name now, or is gone and was loaded once."""

from odoo import SUPERUSER_ID, api


def migrate(cr, _version):
    """Keep the limit of public pages; remove the job of certificates, old counters."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    limit = env["ir.config_parameter"].search(
        [("key", "=", "sajad_clearance.verify_limit")]
    )
    limit.key = "sajad_base.verify_limit"
    job = env.ref("sajad_clearance.ir_cron_certificate_print", raise_if_not_found=False)
    if job:
        action = job.ir_actions_server_id
        job.unlink()
        action.unlink()
    cr.execute("DROP TABLE IF EXISTS sajad_clearance_throttle")
