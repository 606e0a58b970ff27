import base64

from odoo import models

from odoo.addons.sajad_base.models.portal.sajad_process_guide import PICTURE

from ..tools.process_file import PICTURE_MARK

SETTINGS = ("boolean", "integer", "float", "char", "text", "selection", "date")
# what has a place of its own in the file, or none in it
PLACED = {"id", "name", "code", "active", "description", "matter", "exclusive_group"}


class SajadProcess(models.Model):
    """What the catalogue tells of a process, as plain values without ids (row A5)."""

    _inherit = "sajad.process"

    def _get_setting_names(self, translated=False):
        """Return the settings of the catalogue, those of other addons among them.

        :param translated: those that are texts in several languages
        """
        return sorted(
            name
            for name, field in self._fields.items()
            if field.store
            and field.copy
            and field.type in SETTINGS
            and bool(field.translate) == translated
            and not (field.related or field.compute or name in PLACED)
            and not name.startswith("for_")
        )

    def _export_settings(self):
        """Return {field: plain value}, without what is not set."""
        self.ensure_one()
        values = {name: self[name] for name in self._get_setting_names()}
        return {
            name: value.isoformat() if self._fields[name].type == "date" else value
            for name, value in values.items()
            if value not in (False, 0, "") or self._fields[name].type == "boolean"
        }

    def _export_documents(self, get_texts):
        """Return the papers that a service asks for.

        :param get_texts: (record, field) -> {language: text}
        """
        return [
            {
                "name": get_texts(slot, "name"),
                "help": get_texts(slot, "help_text"),
                "required": slot.required,
                "files": slot.max_files,
                "sequence": slot.sequence,
            }
            for slot in self.attachment_slot_ids
        ]

    def _export_guides(self, get_texts):
        """Return the guides with their pictures and files."""
        return [guide._export_guide(get_texts) for guide in self.guide_ids]


class SajadProcessGuide(models.Model):
    _inherit = "sajad.process.guide"

    def _export_guide(self, get_texts):
        self.ensure_one()
        bodies, pictures = get_texts(self, "body"), []

        def place(match):
            # only the guide's own: what it shows to its readers
            picture = self._get_own_file(int(match[1]))
            if not picture:
                return match[0]
            if picture not in pictures:
                pictures.append(picture)
            return f"{PICTURE_MARK}{pictures.index(picture)}"

        bodies = {lang: PICTURE.sub(place, body) for lang, body in bodies.items()}
        # of a guide that the user reads
        files_sudo = self.sudo().attachment_ids
        return {
            "audience": self.audience,
            "name": get_texts(self, "name"),
            "sequence": self.sequence,
            "body": bodies,
            "pictures": [_export_attachment(picture) for picture in pictures],
            "files": [_export_attachment(file) for file in files_sudo.sorted("id")],
        }

    def _import_files(self, items):
        """Return the attachments of a guide that are made of a file."""
        self.ensure_one()
        return self.env["ir.attachment"].create(
            [
                {
                    "name": item["name"],
                    "raw": base64.b64decode(item["data"]),
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for item in items
            ]
        )

    def _place_pictures(self, body, pictures):
        """Return a text of a file whose pictures are those of the guide."""
        # the last ones first: 1 is the beginning of 10
        for number, picture in reversed(list(enumerate(pictures))):
            body = body.replace(f"{PICTURE_MARK}{number}", f"/web/image/{picture.id}")
        return body


def _export_attachment(file_sudo):
    data = base64.b64encode(file_sudo.raw or b"").decode()
    return {"name": file_sudo.name, "data": data}
