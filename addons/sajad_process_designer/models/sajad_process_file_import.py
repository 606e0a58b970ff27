from odoo import api, models


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
                "The catalogue's part of the process, like documents, guides and fee, "
                "stays as it is here."
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
