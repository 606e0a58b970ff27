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

    def draft(self, dossier, code, *names):
        """Put pages together as the student does in the portal.

        :param names: of the files, "photo" or "paper"
        """
        kind = self.env.ref(f"sajad_dossier.sajad_document_type_{code}")
        dossier_sudo = self.of_student(dossier)
        item_sudo = dossier_sudo.item_ids.filtered(lambda i: kind in i.type_ids)[:1]
        files = [getattr(self, name) for name in names]
        item_sudo.draft_ids._take(item_sudo, kind.with_env(item_sudo.env), files)

    def submit(self, dossier):
        """Submit all drafts as the student does, and return {code: document}."""
        dossier_sudo = self.of_student(dossier)
        documents = dossier_sudo._submit_drafts(dossier_sudo.item_ids)
        return {document.type_id.code: document for document in documents}

    def of_student(self, dossier):
        # the portal does all of it for the student, who has no rights on dossiers
        student = dossier.sudo().partner_id.user_ids[:1]
        return dossier.with_user(student).with_context(lang="fa_IR").sudo()

    def approve(self, dossier, login):
        """Let an office that is through with the documents hand the request on."""
        # whose turn it is, is asked of the person who approves
        tasks = dossier.sudo().request_ids.current_task_ids
        task = tasks.filtered(lambda task: task.state == "ready")
        task.with_user(self.user(login)).action_approve()

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
    # a new student: some wait for the faculty, one for the university, one rejected,
    # one is not submitted
    dossier = story.open(1, "registry")
    story.draft(dossier, "photo", "photo")
    story.draft(dossier, "birth", "paper", "photo")
    story.draft(dossier, "national_card", "photo")
    documents = story.submit(dossier)
    story.verify(documents["birth"], "registry")
    document = documents["national_card"].with_user(story.user("registry"))
    document.action_reject("پشت کارت خوانا نیست.")
    story.draft(dossier, "prior_interim", "photo", "paper")
    # all that registration asks for is verified, and somebody looked at it
    dossier = story.open(2, "registry")
    for code in ("photo", "birth", "national_card", "prior_degree", "military_card"):
        story.draft(dossier, code, "photo")
    documents = story.submit(dossier)
    for login in offices:
        for document in documents.values():
            story.verify(document, login)
            Look = story.env["sajad.dossier.access"].with_user(story.user(login))
            Look._note(document.version_id, "view")
        story.approve(dossier, login)
    for code in ("prior_approval", "prior_transcript"):
        document = story.bring(dossier, code, system="سامانه استعلام", number="40122")
        story.verify(document, *offices)
    Note = story.env["sajad.dossier.note"].with_user(story.user("registry"))
    Note.create(
        {
            "dossier_id": dossier.id,
            "kind": "complete",
            "text": "مدارک ثبت‌نام شما کامل است.",
            "is_for_student": True,
        }
    )
    # a guest of another country, who has brought nothing
    story.open(5, "registry")
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
    offices = ("registry2", "admissions2")
    dossier = story.open(25, "registry2")
    for code, name in (
        ("passport", "paper"),
        ("photo", "photo"),
        ("prior_degree", "paper"),
    ):
        story.draft(dossier, code, name)
    documents = story.submit(dossier)
    story.verify(documents["passport"], "registry2")
    document = documents["prior_degree"].with_user(story.user("registry2"))
    document.action_reject("ترجمه رسمی پیوست نیست.")
    # one is verified, one is not submitted
    dossier = story.open(33, "registry2")
    story.draft(dossier, "birth", "paper")
    document = story.submit(dossier)["birth"]
    for login in offices:
        story.verify(document, login)
        story.approve(dossier, login)
    story.draft(dossier, "national_card", "photo")
