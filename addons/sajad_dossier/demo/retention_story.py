"""Papers whose time is over, and one that a case keeps (row C2)."""


def run(story):
    """Make rules, a stay, and a list that waits for a second person."""
    env = story.env
    for code, years, basis in (
        ("exam_card", 2, "جدول زمانی نگهداری اسناد، ردیف ۱۴"),
        ("birth", 0, "جدول زمانی نگهداری اسناد، ردیف ۳"),
    ):
        kind = env.ref(f"sajad_dossier.sajad_document_type_{code}")
        env["sajad.dossier.retention"].create(
            {"type_id": kind.id, "years": years, "basis": basis}
        )
    ended = {"end_kind": "graduated", "date_end": "2023-09-20"}
    dossiers = [story.open(n, "registry", **ended) for n in (20, 14)]
    for dossier in dossiers:
        for code in ("birth", "exam_card"):
            story.bring(dossier, code)
    Stay = env["sajad.dossier.stay"].with_user(story.user("registry"))
    Stay.create(
        {
            "dossier_id": dossiers[1].id,
            "number": "1405/371",
            "reason": "شکایت در دیوان عدالت اداری در جریان است.",
        }
    )
    Destruction = env["sajad.dossier.destruction"].with_user(story.user("admissions"))
    records = Destruction.create(
        {
            "university_id": dossiers[0].university_id.id,
            "note": "نامه دبیرخانه کمیسیون تحول اسناد، شماره 1405/118",
        }
    )
    records.action_propose()
