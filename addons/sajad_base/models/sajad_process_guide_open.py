from odoo import models


class SajadProcess(models.Model):
    _inherit = "sajad.process"

    def action_open_guide(self):
        """Open the guides of the process for the own audience (row A8)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sajad_base.sajad_process_guide_action"
        )
        guides = self.guide_ids._filter_readable()
        own = guides.filtered(lambda guide: guide.audience == guides[:1].audience)
        action["domain"] = [("id", "in", guides.ids)]
        action["display_name"] = self.env._("Guide: %(process)s", process=self.name)
        if len(own) == 1:
            view = self.env.ref("sajad_base.sajad_process_guide_view_form_read")
            action.update(res_id=own.id, views=[(view.id, "form")], target="new")
        return action


class SajadTask(models.Model):
    _inherit = "sajad.task"

    def action_open_guide(self):
        """Open the guides of the process of this work (row A8)."""
        self.ensure_one()
        return self.process_id.action_open_guide()
