from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.sajad_base.tools.sentences import translate, within_quotes
from odoo.addons.sajad_base.tools.student_bulk import insert, take_ids

from ..tools.name_pattern import NameParts, fold_kind
from .sajad_dossier_import import TO_EXAMINE

# numbers without the zeros that spreadsheets lose
STUDENTS = """
SELECT s.id, lower(s.student_number), s.national_id, s.faculty_id, d.id
  FROM sajad_student s LEFT JOIN sajad_dossier d ON d.student_id = s.id
 WHERE s.university_id = %(university)s
   AND (ltrim(lower(s.student_number), '0') IN %(numbers)s
        OR s.national_id IN %(people)s)
"""
ITEMS = """
SELECT i.dossier_id, r.type_id, min(i.requirement_id)
  FROM sajad_dossier_item i
  JOIN sajad_requirement_type_rel r ON r.requirement_id = i.requirement_id
 WHERE i.dossier_id IN %(dossiers)s AND r.type_id IN %(types)s
 GROUP BY i.dossier_id, r.type_id
"""


class SajadDossierImportFind(models.AbstractModel):
    """Says by their names whose the files of a bulk upload are, and what (row C8)."""

    _name = "sajad.dossier.import.find"
    _description = "Names of the Files of a Bulk Upload"

    @api.model
    def _find(self, record, pattern):
        """Make the lines of a bulk upload anew; return the heads of good ones.

        :param record: `sajad.dossier.import`, whose user may do it
        :param pattern: `NamePattern`
        :raise UserError: the zip or folder cannot be read, or is empty
        """
        with record._open_source() as source:
            entries = source.list()
        if not entries:
            raise UserError(self.env._("There is no file in it."))
        rows = [self._read_name(entry, pattern) for entry in entries]
        self.env.flush_all()
        self._refuse_doubles(rows)
        self._find_kinds(record, rows)
        self._find_students(record, rows)
        self._find_items(rows)
        self._find_heads(rows)
        return self._insert(record, rows)

    def _read_name(self, entry, pattern):
        row = {"path": entry.path, "key": entry.key, "size": entry.size}
        row |= {"result": "waiting", "message": None, "parts": NameParts()}
        if entry.problem:
            return self._refuse(row, translate(self.env, entry.problem))
        if not entry.size:
            return self._refuse(row, self.env._("The file is empty."))
        parts = pattern.match(entry.path)
        if not parts:
            return self._refuse(
                row, self.env._("The name does not follow the pattern.")
            )
        number = parts.student_number or parts.national_id
        return row | {"parts": parts, "student_number": number, "page": parts.page}

    def _refuse(self, row, sentence):
        row.update(result="refused", message=sentence)
        return row

    def _get_good(self, rows):
        return [row for row in rows if row["result"] == "waiting"]

    def _refuse_doubles(self, rows):
        """Of two files of one name nobody knows which is meant."""
        places = defaultdict(list)
        for row in self._get_good(rows):
            places[row["path"].casefold()].append(row)
        for doubles in places.values():
            for row in doubles if len(doubles) > 1 else ():
                self._refuse(row, self.env._("Another file has the same name."))

    # ------------------------------------------------------------
    # KINDS
    # ------------------------------------------------------------

    def _find_kinds(self, record, rows):
        kinds = self._get_kinds()
        for row in self._get_good(rows):
            word = row["parts"].document_type
            kind = kinds.get(fold_kind(word)) if word else record.type_id
            if kind:
                row["type_id"] = kind.id
            else:
                sentence = self.env._(
                    "There is no kind of document “%(word)s”.",
                    word=within_quotes(word),
                )
                self._refuse(row, sentence)

    def _get_kinds(self):
        """Return {what a kind may be called in a name: kind}, in all languages."""
        Kind = self.env["sajad.document.type"].with_context(prefetch_langs=True)
        kinds = {}
        langs = dict.fromkeys(
            ["en_US", *(code for code, _name in self.env["res.lang"].get_installed())]
        )
        for kind in Kind.search([("active", "=", True)]):
            names = {kind.with_context(lang=lang).name for lang in langs}
            others = (kind.file_names or "").replace("،", ",").split(",")
            # "Birth Certificate, All Pages" is also called by its beginning
            others += [name.replace("،", ",").split(",")[0] for name in names]
            for name in [kind.code, *names, *others]:
                kinds.setdefault(fold_kind(name), kind)
        kinds.pop("", None)
        return kinds

    # ------------------------------------------------------------
    # STUDENTS
    # ------------------------------------------------------------

    def _find_students(self, record, rows):
        good = self._get_good(rows)
        by_number, by_person = self._fetch_students(record, good)
        kept = self.env["sajad.faculty"]._get_kept(record.university_id)
        Kind = self.env["sajad.document.type"]
        for row in good:
            parts = row["parts"]
            number = parts.student_number
            found = by_number.get(number) or by_number.get(number.lstrip("0"), [])
            if person := parts.national_id:
                people = by_person.get(person.zfill(10), [])
                found = [s for s in people if not number or s in found]
            # whose students others are is nobody's business here
            found = [student for student in found if student[3] in kept]
            if len(found) != 1:
                self._refuse(row, self._get_nobody_text(parts, found))
                continue
            student, _number, _person, faculty, row["dossier"] = found[0]
            row["student_id"] = student
            sensitive = Kind.browse(row["type_id"]).is_sensitive
            if sensitive and not kept[faculty]:
                sentence = self.env._("Your office does not see papers of this kind.")
                self._refuse(row, sentence)

    def _fetch_students(self, record, rows):
        parts = [row["parts"] for row in rows]
        numbers = {p.student_number.lstrip("0") for p in parts if p.student_number}
        people = {p.national_id.zfill(10) for p in parts if p.national_id}
        found = self.env.execute_query(
            SQL(
                STUDENTS,
                university=record.university_id.id,
                numbers=tuple(numbers) or ("",),
                people=tuple(people) or ("",),
            )
        )
        by_number, by_person = defaultdict(list), defaultdict(list)
        for student in found:
            # as it is written, and without its zeros
            for number in {student[1], student[1].lstrip("0")}:
                by_number[number].append(student)
            by_person[student[2]].append(student)
        return by_number, by_person

    def _get_nobody_text(self, parts, found):
        number = parts.student_number or parts.national_id
        if found:
            return self.env._(
                "%(number)s is the number of several studies; use student numbers.",
                number=number,
            )
        return self.env._(
            "No student whose dossier you keep has the number %(number)s.",
            number=number,
        )

    # ------------------------------------------------------------
    # CHECKLIST AND PAGES
    # ------------------------------------------------------------

    def _find_items(self, rows):
        good = self._get_good(rows)
        dossiers = tuple({row["dossier"] for row in good if row["dossier"]})
        found = self.env.execute_query(
            SQL(
                ITEMS,
                dossiers=dossiers or (0,),
                types=tuple({row["type_id"] for row in good}) or (0,),
            )
        )
        Requirement = self.env["sajad.document.requirement"]
        items = {
            (dossier, kind): Requirement.browse(requirement)
            for dossier, kind, requirement in found
        }
        for row in good:
            item = items.get((row["dossier"], row["type_id"]))
            row["item_name"] = item.name if item else None
            if not row["dossier"]:
                row["message"] = self.env._("The dossier of the student is opened.")

    def _find_heads(self, rows):
        """Put the pages of one document together; all of them, each once."""
        groups = defaultdict(list)
        for row in self._get_good(rows):
            if row["page"]:
                groups[row["student_id"], row["type_id"]].append(row)
        for pages in groups.values():
            pages.sort(key=lambda row: row["page"])
            numbers = [row["page"] for row in pages]
            missing = sorted(set(range(1, numbers[-1] + 1)) - set(numbers))
            sentence = ""
            if missing:
                sentence = self.env._("Page %(page)s is missing.", page=missing[0])
            elif len(set(numbers)) < len(numbers):
                sentence = self.env._("Two files say that they are the same page.")
            for row in pages:
                row["head"] = pages[0]
                if sentence:
                    self._refuse(row, sentence)

    def _insert(self, record, rows):
        # lines are written by this model alone; access was checked
        Line_sudo = self.env["sajad.dossier.import.line"].sudo()
        # of the same record, when it is examined again
        record.sudo().line_ids.unlink()
        for row, line_id in zip(rows, take_ids(Line_sudo, len(rows)), strict=True):
            row["id"] = line_id
        names = {"id", "path", "key", "size", "student_number", "student_id"}
        names |= {"type_id", "page", "item_name", "result", "message"}
        values = [
            {name: row.get(name) for name in names}
            | {"import_id": record.id, "head_id": row.get("head", row)["id"]}
            for row in rows
        ]
        insert(Line_sudo, values)
        record.invalidate_recordset()
        return record._get_heads(TO_EXAMINE)
