from odoo.http import request

from odoo.addons.sajad_base.controllers.portal_service import SajadServicePortal
from odoo.addons.sajad_base.tools.file_check import PAPERS
from odoo.addons.sajad_base.tools.form import fill_form, read_form

CARD_CHOICES = {"yes": True, "no": False}
MAX_PROBLEM = 2000


class ClearancePortal(SajadServicePortal):
    """The form of a clearance request in the portal (rows B1, B4, B5, B9)."""

    def _is_clearance(self, process):
        return process.matter == "clearance"

    def _get_file_places(self, process, corrected=None):
        places = super()._get_file_places(process, corrected)
        if self._is_clearance(process):
            places = {**places, "commitment": PAPERS._replace(max_count=1)}
        return places

    def _get_draft_names(self, process):
        names = super()._get_draft_names(process)
        if self._is_clearance(process):
            form = request.env["sajad.student"]._get_all_form_names()
            names |= {*form, "clearance_reason", "card_delivered", "record_problem"}
        return names

    def _get_sent_texts(self, request_sudo):
        texts = super()._get_sent_texts(request_sudo)
        if self._is_clearance(request_sudo.process_id):
            texts |= {
                "clearance_reason": request_sudo.clearance_reason or "",
                "card_delivered": "yes" if request_sudo.card_delivered else "no",
                "record_problem": request_sudo.record_problem or "",
            }
        return texts

    def _prepare_apply_values(
        self, process, requester, post, errors=None, corrected=None
    ):
        values = super()._prepare_apply_values(
            process, requester, post, errors, corrected
        )
        if self._is_clearance(process):
            # only studies are cleared
            student = requester
            asked, contact = student._get_form_inputs(corrected)
            values.update(
                is_clearance=True,
                known_values=[
                    (
                        student._fields[name]._description_string(request.env),
                        student._get_form_shown(name),
                    )
                    for name in student._get_known_names(corrected)
                ],
                asked_inputs=fill_form(asked, post, errors),
                contact_inputs=fill_form(contact, post, errors),
                record_problem=post.get("record_problem", ""),
                max_problem=MAX_PROBLEM,
                reasons=request.env["sajad.request"]._get_clearance_reasons(),
                valid_certificates=not corrected and student._get_valid_certificates(),
                clearance_reason=post.get("clearance_reason"),
                card_delivered=post.get("card_delivered"),
                asks_card=process._asks_card(),
                card_choices=[
                    ("yes", request.env._("Yes")),
                    ("no", request.env._("No")),
                ],
            )
        return values

    def _parse_apply_values(self, process, requester, post, corrected=None):
        values, errors = super()._parse_apply_values(
            process, requester, post, corrected
        )
        if not self._is_clearance(process):
            return values, errors
        said, said_errors = self._read_student(requester, post, corrected)
        errors.update(said_errors)
        reason = post.get("clearance_reason")
        if reason not in dict(request.env["sajad.request"]._get_clearance_reasons()):
            errors["clearance_reason"] = request.env._("Choose the reason.")
        card = post.get("card_delivered")
        if card not in CARD_CHOICES:
            errors["card_delivered"] = request.env._(
                "Say whether you have delivered your student card."
            )
        problem = (post.get("record_problem") or "").strip()
        if len(problem) > MAX_PROBLEM:
            errors["record_problem"] = request.env._(
                "At most %(count)s characters.", count=MAX_PROBLEM
            )
        values.update(
            clearance_reason=reason,
            card_delivered=CARD_CHOICES.get(card, False),
            record_problem=problem,
            # what is corrected is compared with what was declared first
            declared=said
            if corrected
            else request.env["sajad.request"]._prepare_declared(requester, said),
        )
        return values, errors

    def _read_student(self, student, post, corrected=None):
        """Return what the student says of the own record: (values, {input: sentence}).

        Nothing else than what the form asks is looked at.
        """
        asked, contact = student._get_form_inputs(corrected)
        # a part of the form that was not drawn corrects nothing
        inputs = asked + [item for item in contact if item.name in post]
        said, errors = read_form(request.env, inputs, post)
        return said, {**student._check_declared(said), **errors}

    def _attach_files(self, request_sudo, files):
        attached = super()._attach_files(request_sudo, files)
        if attached.get("commitment"):
            request_sudo.commitment_file_id = attached["commitment"][:1]
        return attached
