"""Dossiers of two universities, from empty to complete (rows C1-C9)."""

from odoo.tools.misc import file_open

from . import cartable_story, retention_story

PLACE = "sajad_dossier/demo/"
ADMISSION = ("photo", "birth", "national_card", "prior_degree", "prior_approval")


class Story:
    """Brings documents as their people would: students, then two offices."""

    def __init__(self, env):
        self.env = env
        with file_open(PLACE + "paper.pdf", "rb") as paper:
            self.paper = ("paper.pdf", paper.read())
        with file_open(PLACE + "photo.jpg", "rb") as photo:
            self.photo = ("photo.jpg", photo.read())

    def open(self, number, user, **values):
        """Open the dossier of a student of the demo data, as an expert does."""
        student = self.env.ref(f"sajad_base.sajad_student_{number}")
        Dossier = self.env["sajad.dossier"].with_user(self.user(user))
        dossier = Dossier.create({"student_id": student.id})
        if values:
            dossier.write(values)
        return dossier

    def user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def bring(self, dossier, code, user=None, **values):
        """Bring a document of a type; a `system` makes it a reference."""
        kind = self.env.ref(f"sajad_dossier.sajad_document_type_{code}")
        kind = kind.with_context(lang="fa_IR")
        content = self.photo if code == "photo" else self.paper
        if "system" in values:
            content = None
        # who brings it is somebody else than who verifies it
        user = self.user(user) if user else self.env.ref("base.user_root")
        Document = self.env["sajad.dossier.document"].with_user(user)
        Document = Document.with_context(lang="fa_IR")
        return Document._add(dossier.sudo(), kind, values, content)

    def verify(self, document, *logins):
        for login in logins:
            document.with_user(self.user(login)).action_verify()


def run(env):
    """Fill the dossiers of Mehregan, then those of Nik-Ayin."""
    story = Story(env)
    _mehregan(story)
    _nikayin(story)
    retention_story.run(story)
    cartable_story.run(story)


def _mehregan(story):
    offices = ("registry", "admissions")
    # complete, and closed by the graduates' office
    dossier = story.open(10, "registry", box="12", shelf="3")
    for code in (*ADMISSION, "prior_transcript", "military_exemption"):
        story.verify(story.bring(dossier, code), *offices)
    story.verify(story.bring(dossier, "final_check"), "graduates")
    dossier.write({"end_kind": "graduated", "date_end": "2026-07-01"})
    Note = story.env["sajad.dossier.note"].with_user(story.user("registry"))
    Note.create(
        {
            "dossier_id": dossier.id,
            "kind": "complete",
            "text": "مدارک ثبت‌نامی کامل است.",
        }
    )
    # a new student: some wait for the faculty, one for the university, one rejected
    dossier = story.open(1, "registry")
    story.bring(dossier, "photo")
    story.verify(story.bring(dossier, "birth"), "registry")
    document = story.bring(dossier, "national_card")
    document.with_user(story.user("registry")).action_reject("پشت کارت خوانا نیست.")
    # references to other systems, as for entrants of 1400 and later
    dossier = story.open(4, "registry")
    for code in ("prior_approval", "prior_transcript"):
        document = story.bring(dossier, code, system="سامانه استعلام", number="98213")
        story.verify(document, *offices)
    story.bring(
        dossier,
        "letter",
        user="registry",
        name="مرخصی تحصیلی نیمسال دوم",
        system="اتوماسیون اداری",
        number="140/2211",
    )
    # withdrawn: filled like the others
    dossier = story.open(7, "registry", end_kind="withdrawn", date_end="2026-03-01")
    story.verify(story.bring(dossier, "birth"), *offices)
    # nothing yet
    story.open(13, "registry")


def _nikayin(story):
    dossier = story.open(25, "registry2")
    story.verify(story.bring(dossier, "birth"), "registry2", "admissions2")
    story.bring(dossier, "national_card")
    story.open(33, "registry2")
