import base64

from odoo import api, models

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


class SajadFlow(models.Model):
    """The catalogue's part of a process out of a file (row A5)."""

    _inherit = "sajad.flow"

    @api.model
    def _import_catalogue(self, process, values):
        """Give a new process its settings, documents and guides."""
        process.write(values.get("settings") or {})
        for name, texts in (values.get("texts") or {}).items():
            self._import_texts(process, name, texts)
        for document in values.get("documents") or []:
            self._import_document(process, document)
        for guide in values.get("guides") or []:
            self._import_guide(process, guide)

    def _import_document(self, process, values):
        slot = self.env["sajad.process.attachment"].create(
            {
                "process_id": process.id,
                "name": self._choose_source(values["name"]),
                "required": values["required"],
                "max_files": values["files"],
                "sequence": values["sequence"],
            }
        )
        self._import_texts(slot, "name", values["name"])
        self._import_texts(slot, "help_text", values.get("help"))

    def _import_guide(self, process, values):
        guide = self.env["sajad.process.guide"].create(
            {
                "process_id": process.id,
                "audience": values["audience"],
                "name": self._choose_source(values["name"]),
                "sequence": values["sequence"],
            }
        )
        self._import_texts(guide, "name", values["name"])
        pictures = guide._import_files(values.get("pictures") or [])
        bodies = {
            lang: guide._place_pictures(body, pictures)
            for lang, body in (values.get("body") or {}).items()
        }
        self._import_texts(guide, "body", bodies)
        guide.attachment_ids = guide._import_files(values.get("files") or [])

    # ------------------------------------------------------------
    # WHAT WOULD HAPPEN
    # ------------------------------------------------------------

    def _plan_catalogue(self, data, process):
        """Return the lines of a plan on documents and guides."""
        values = data["process"]
        counts = [len(values.get(key) or []) for key in ("documents", "guides")]
        if process:
            if not any(counts) and not values.get("settings"):
                return []
            sentence = self.env._(
                "The catalogue's part of the process, like documents and guides, stays "
                "as it is here."
            )
            return [("match", sentence)]
        sentences = [
            self.env._("%(count)s documents that are asked for", count=counts[0]),
            self.env._("%(count)s guides", count=counts[1]),
        ]
        found = zip(counts, sentences, strict=True)
        return [("create", sentence) for count, sentence in found if count]

    def _get_catalogue_problems(self, data):
        """Return what is wrong with the settings of the catalogue, as sentences."""
        values = data["process"]
        Process = self.env["sajad.process"]
        settings = values.get("settings") or {}
        known = set(Process._get_setting_names())
        wrong = [
            name
            for name, value in settings.items()
            if name not in known or not self._fits(Process._fields[name], value)
        ]
        known = set(Process._get_setting_names(translated=True))
        wrong += [name for name in values.get("texts") or {} if name not in known]
        problems = [
            self.env._(
                "This system has no setting “%(key)s” of a process with such a value.",
                key=name[:60],
            )
            for name in wrong
        ]
        condition = settings.get("student_condition")
        if condition and not problems:
            problem = self._get_rule_problem(condition, "sajad.student", None)
            problems += [problem] if problem else []
        audiences = self.env["sajad.process.guide"]._fields["audience"]
        for guide in values.get("guides") or []:
            if guide["audience"] not in audiences.get_values(self.env):
                sentence = self.env._("A guide is for readers that nobody here is.")
                problems.append(sentence)
        return problems


def _export_attachment(file_sudo):
    data = base64.b64encode(file_sudo.raw or b"").decode()
    return {"name": file_sudo.name, "data": data}
