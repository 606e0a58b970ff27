from odoo import api, models
from odoo.fields import Domain


class SajadHome(models.AbstractModel):
    """Where each kind of staff begins (row A10).

    Asked whenever the app is opened and kept nowhere: a membership or a group that is
    given later counts at once.
    """

    _name = "sajad.home"
    _description = "First Screen"

    @api.model
    def _open(self):
        """Return the action with which the current user begins."""
        user = self.env.user
        if user.has_group("sajad_base.group_sajad_admin"):
            return self.env["sajad.overview"]._open()
        if user.has_group("sajad_base.group_sajad_organization"):
            return self._get_action("sajad_base.sajad_cartable_request_action")
        if user.has_group("sajad_base.group_sajad_liaison"):
            return self._get_action("sajad_base.sajad_cartable_gap_action")
        if self.env["sajad.cartable"].search_count([("is_mine", "=", True)], limit=1):
            return self._get_action("sajad_base.sajad_task_action")
        return self._open_for_reader()

    @api.model
    def _open_for_reader(self):
        """Return the action of somebody who decides in no cartable today."""
        processes = self._get_supervised().process_id
        if len(processes) == 1:
            return processes.action_open_board()
        if processes or self.env.user.has_group("sajad_base.group_sajad_auditor"):
            return self._get_action("sajad_base.sajad_process_action_board")
        return self._get_action("sajad_base.sajad_task_action")

    @api.model
    def _get_supervised(self):
        """Return the cartables that the current user oversees today."""
        Member = self.env["sajad.cartable.member"]
        domain = Domain("user_id", "=", self.env.uid) & Domain(
            "kind", "=", "supervisor"
        )
        members = Member.search(domain & Member._get_active_domain())
        return members.cartable_id

    @api.model
    def _get_action(self, xmlid):
        return self.env["ir.actions.act_window"]._for_xml_id(xmlid)
