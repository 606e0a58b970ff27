"""Work on dossiers in the cartables of two universities (rows C5, C9)."""

from odoo.addons.sajad_jalali.tools import babel_patch

ARRIVED = ("birth", "national_card", "photo")


def run(story):
    """Fill the inboxes of the faculty, the admissions and the graduates' office."""
    # dates are Jalali once a database is ready, and what is written here stays
    babel_patch.enable(story.env.cr.dbname)
    # with the faculty: all that was brought so far
    for login in ("registry", "registry2"):
        user = story.user(login)
        dossiers = story.env["sajad.dossier"].with_user(user).search([])
        dossiers.filtered(
            lambda dossier, user=user: dossier.with_user(user)._is_keeper()
        ).action_send_for_check()
    _send(story, 11, "registry")
    # with the university
    for number, registry in ((19, "registry"), (29, "registry2")):
        _approve(story, _send(story, number, registry), "faculty", registry)
    _returned(story)
    _final(story)


def _send(story, number, registry, codes=ARRIVED):
    """Return the dossier of a student, whose documents are on their way."""
    student = story.env.ref(f"sajad_base.sajad_student_{number}")
    dossier = student.dossier_ids or story.open(number, registry)
    dossier = dossier.with_user(story.user(registry))
    for code in codes:
        story.bring(dossier, code)
    dossier.action_send_for_check()
    return dossier


def _approve(story, dossier, stage, login):
    """Decide on the documents of a step, and on the step."""
    user = story.user(login)
    tasks = dossier.sudo().request_ids.current_task_ids
    for task in tasks.filtered(lambda t: t.stage_id.code == stage):
        documents = task._get_undecided_documents()[task]
        story.verify(documents, login)
        task.with_user(user).action_approve()


def _returned(story):
    """One that the student has to correct: two faults, told at once."""
    dossier = _send(story, 16, "registry")
    documents = dossier.document_ids.sorted("id")
    fault = story.env.ref("sajad_dossier.sajad_document_fault_unreadable")
    documents[:2].action_reject("", fault.id)
    story.verify(documents[2:], "registry")
    task = dossier.sudo().request_ids.current_task_ids.filtered("cartable_id")
    task.with_user(story.user("registry")).action_return_rejected()


def _final(story):
    """One whose study ends: nothing is missing, the graduates' office has it."""
    dossier = _send(story, 22, "registry", (*ARRIVED, "prior_degree"))
    for stage, login in (("faculty", "registry"), ("admissions", "admissions")):
        _approve(story, dossier, stage, login)
    for code in ("prior_approval", "prior_transcript"):
        document = story.bring(dossier, code, system="سامانه استعلام", number="98771")
        story.verify(document, "registry", "admissions")
    story.bring(
        dossier, "final_check", user="registry", system="اتوماسیون اداری", number="88"
    )
    dossier.action_final_check()
    missing = dossier._get_missing_items("admission") | dossier._get_missing_items(
        "study"
    )
    if missing:
        missing.action_waive("اصل مدرک در پرونده کاغذی است.")
    request = dossier.sudo().request_ids.filtered(
        lambda r: r.dossier_phase == "graduation"
    )
    for stage, login in (("faculty", "registry"), ("admissions", "admissions")):
        task = request.current_task_ids.filtered(
            lambda t, s=stage: t.stage_id.code == s
        )
        story.verify(task._get_undecided_documents()[task], login)
        task.with_user(story.user(login)).action_approve()
