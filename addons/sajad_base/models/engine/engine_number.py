from odoo import models


class SajadEngine(models.AbstractModel):
    _inherit = "sajad.engine"

    def _give_numbers(self, tasks):
        """Number the requests that a secretariat approves (row B3).

        One draw per university, however many.

        A request keeps its number for ever: an undone and repeated approval gives
        no second one, and nobody else gets it.
        """
        numbering = tasks.filtered(lambda task: self._get_step(task).numbering)
        new = numbering.request_id.filtered(lambda r: not r.registration_number)
        log = self._new_log()
        for university, members in new.grouped("university_id").items():
            # the register belongs to no user
            Register_sudo = self.env["sajad.register"].sudo()
            year, numbers = Register_sudo._draw(
                university, "registration", len(members), log.now
            )
            ordered = members.sorted("id")
            for request, number in zip(ordered, numbers, strict=True):
                text = f"{year}/{number:04d}"
                request.write(
                    {"registration_number": text, "registration_date": log.now}
                )
                log.add("registered", request, reason=text)
        self._write_log(log)
