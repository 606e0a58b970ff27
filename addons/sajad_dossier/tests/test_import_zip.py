import io
import stat
import unicodedata
import zipfile
import zlib
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..tools import file_name, file_source
from ..tools.file_source import SourceError, open_zip
from ..tools.name_pattern import NamePattern, PatternError
from .common_import import PDF, ImportCommon, make_pdf, make_zip

NAME = "۱۰۰۱_شناسنامه.pdf"
SCHOOL = "علي كريمي.pdf"


def make_info(name, **values):
    info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
    for key, value in values.items():
        setattr(info, key, value)
    return info


def patch_name(content, old, new, flag=False):
    """Put other bytes of a name into a zip, as another program would write them."""
    assert len(old) == len(new)
    content = content.replace(old, new)
    if not flag:
        # bit 11 of both headers
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            start = content.index(mark) + place
            content = content[: start + 1] + b"\0" + content[start + 2 :]
    return content


@tagged("post_install", "-at_install")
class TestNames(BaseCase):
    """Names and patterns of scans, as programs and people write them (row C8)."""

    def get_paths(self, content):
        return [entry.path for entry in open_zip(content).list()]

    def test_seven_zip(self):
        """It says that its names are UTF-8."""
        self.assertEqual(self.get_paths(make_zip({NAME: PDF})), [NAME])

    def test_macos(self):
        """UTF-8 without saying so, letters taken apart, and files of its own."""
        name = unicodedata.normalize("NFD", "آزمون é.pdf")
        content = make_zip(
            {name: PDF, f"__MACOSX/._{name}": b"x", "._b.pdf": b"x", ".DS_Store": b""}
        )
        raw = name.encode()
        content = patch_name(content, raw, raw)
        self.assertEqual(self.get_paths(content), ["آزمون é.pdf"])

    def test_windows_explorer(self):
        """The code page of the machine: Windows' or that of its consoles."""
        for page in ("cp1256", "cp720"):
            raw = SCHOOL.encode(page)
            place = "x" * len(raw)
            content = make_zip({place: PDF}).replace(place.encode(), raw)
            self.assertEqual(self.get_paths(content), [SCHOOL], page)

    def test_name_beside_the_name(self):
        """Some programs write the name once more, in UTF-8."""
        raw = "\u00e9.pdf".encode("cp437")
        field = b"\x01" + zlib.crc32(raw).to_bytes(4, "little") + NAME.encode()
        extra = b"\x75\x70" + len(field).to_bytes(2, "little") + field
        content = make_zip({make_info("x.pdf", extra=extra): PDF})
        content = content.replace(b"x.pdf", raw)
        self.assertEqual(self.get_paths(content), [NAME])

    def test_backslashes(self):
        self.assertEqual(
            self.get_paths(make_zip({"a\\1001_birth.pdf": PDF})), ["a/1001_birth.pdf"]
        )

    # ------------------------------------------------------------
    # PATTERNS
    # ------------------------------------------------------------

    def test_patterns(self):
        usual = "{student_number}_{document_type}[_{page}]"
        cases = [
            (usual, "1001_birth.pdf", ("1001", "", "birth", 0)),
            (usual, "۱۰۰۱-birth-۲.jpg", ("1001", "", "birth", 2)),
            (usual, "1001 national card 1.pdf", ("1001", "", "national card", 1)),
            (usual, "1001_national_card.pdf", ("1001", "", "national_card", 0)),
            (usual, "٤٠٢١_كارت\u200cملي_٢.jpg", ("4021", "", "کارت ملی", 2)),
            (usual, "birth_1001.pdf", None),
            ("{student_number}/{document_type}[-{page}]", "x/12/birth-3.pdf", 1),
            ("{national_id}.{ext}", "0499370899.pdf", ("", "0499370899", "", 0)),
            ("{national_id}", "499370899.pdf", ("", "499370899", "", 0)),
            ("{any}_{student_number}", "علی رضایی_1001.pdf", ("1001", "", "", 0)),
            ("{student_number}/{student_number}_{any}", "12/12_a.pdf", 2),
            ("{student_number}/{student_number}_{any}", "12/13_a.pdf", None),
            ("کارت آزمون {student_number}", "كارت‌آزمون-1001.pdf", ("1001", "", "", 0)),
        ]
        for text, path, expected in cases:
            with self.subTest(text=text, path=path):
                found = NamePattern(text).match(path)
                if expected == 1:
                    expected = ("12", "", "birth", 3)
                elif expected == 2:
                    expected = ("12", "", "", 0)
                self.assertEqual(found and tuple(found), expected)

    def test_no_patterns(self):
        for text in ("{name}_1", "{document_type}", "{student_number}[_", "{student"):
            with self.subTest(text), self.assertRaises(PatternError):
                NamePattern(text)

    # ------------------------------------------------------------
    # ATTACKS
    # ------------------------------------------------------------

    def get_problems(self, content):
        return {entry.path: entry.problem for entry in open_zip(content).list()}

    def test_paths_that_lead_out(self):
        names = ["../1001_birth.pdf", "/etc/1001.pdf", "C:\\1001.pdf", "a/../../b.pdf"]
        problems = self.get_problems(make_zip(dict.fromkeys(names, PDF)))
        for name, problem in problems.items():
            self.assertIs(problem, file_name.OUTSIDE, name)

    def test_links_passwords_archives(self):
        link = make_info("1001_birth.pdf", create_system=3)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        content = make_zip({link: b"/etc/passwd", "more.zip": PDF})
        problems = self.get_problems(content)
        self.assertIs(problems["1001_birth.pdf"], file_source.LINK)
        self.assertIs(problems["more.zip"], file_name.IN_A_ZIP)
        locked = bytearray(make_zip({"a.pdf": PDF}))
        locked[locked.index(b"PK\x01\x02") + 8] |= 1
        problems = self.get_problems(bytes(locked))
        self.assertIs(problems["a.pdf"], file_source.PASSWORD)

    def test_bombs(self):
        problems = self.get_problems(make_zip({"a.pdf": b"\0" * 4 * 1024**2}))
        self.assertIs(problems["a.pdf"], file_source.BOMB)
        large = make_zip({"a.pdf": b"\0" * (file_source.MAX_FILE + 1)})
        problems = self.get_problems(large)
        self.assertIs(problems["a.pdf"], file_source.TOO_LARGE)
        many = make_zip({f"{n}.pdf": b"" for n in range(12)})
        with (
            patch.object(file_source, "MAX_ENTRIES", 10),
            self.assertRaises(SourceError) as caught,
        ):
            open_zip(many).list()
        self.assertIs(caught.exception.sentence, file_source.TOO_MANY)
        with (
            patch.object(file_source, "MAX_TOTAL", 10),
            self.assertRaises(SourceError),
        ):
            open_zip(make_zip({"a.pdf": PDF})).list()
        with (
            patch.object(file_source, "MAX_DIRECTORY", 10),
            self.assertRaises(SourceError),
        ):
            open_zip(many)

    def test_no_zips(self):
        good = make_zip({"a.pdf": PDF})
        for content in (b"", b"Rar!\x1a\x07", PDF, good[:-30]):
            with self.subTest(content[:4]), self.assertRaises(SourceError):
                open_zip(content).list()

    def test_damaged_inside(self):
        content = bytearray(make_zip({"a.pdf": PDF}))
        content[45] ^= 0xFF
        source = open_zip(io.BytesIO(content))
        (entry,) = source.list()
        with self.assertRaises(SourceError):
            source.get_bytes(entry.key)


@tagged("post_install", "-at_install")
class TestZip(ImportCommon):
    """What a person reads of a zip that is not taken (row C8)."""

    def test_sentences(self):
        for content, sentence in ((PDF, "is no zip"), (make_zip({}), "no file in it")):
            with self.subTest(sentence), self.assertRaisesRegex(UserError, sentence):
                self.upload(content)
        with self.assertRaisesRegex(UserError, "not “name”"):
            self.upload({"1001_birth.pdf": PDF}, pattern="{name}")

    def test_names_of_kinds(self):
        """The code, the name in any language, and what the office calls it."""
        kind = self.get_type("birth")
        kind.file_names = "ID card, شناسنامه"
        files = {
            f"1001_{word}.pdf": make_pdf(word)
            for word in ("birth", "شناسنامه", "ID-card", "Birth Certificate, All Pages")
        }
        record = self.upload(files, on_existing="add")
        self.assertEqual(record.line_ids.type_id, kind)
        self.assertEqual(set(self.get_verdicts(record).values()), {"new"})

    def test_numbers(self):
        """Lost zeros, national IDs, and both, which have to be one student's."""
        self.student.national_id = "0499370899"
        cases = {
            "{student_number}": {"102": "new", "0102": "new", "00102": "new"},
            "{national_id}": {"499370899": "new", "0499370899": "new"},
            "{student_number}_{national_id}": {
                "1001_0499370899": "new",
                "0102_0499370899": "refused",
            },
        }
        for pattern, names in cases.items():
            record = self.upload(
                {f"{name}.pdf": make_pdf(name) for name in names},
                pattern=pattern,
                type_id=self.get_type("letter").id,
                on_existing="add",
            )
            found = self.get_verdicts(record)
            self.assertEqual(found, {f"{k}.pdf": v for k, v in names.items()}, pattern)

    def test_number_of_several_studies(self):
        self.student.national_id = "0499370899"
        again = self.make_student("2001", self.university)
        again.partner_id = self.student.partner_id
        again.write({"national_id": "0499370899", "faculty_id": self.faculty.id})
        record = self.upload(
            {"0499370899_birth.pdf": PDF}, pattern="{national_id}_{document_type}"
        )
        self.assertIn("several studies", record.line_ids.message)
