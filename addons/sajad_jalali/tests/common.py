from odoo.tests import TransactionCase, new_test_user


class JalaliCase(TransactionCase):
    """A Persian user in Tehran and an English one in the same database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.env["res.lang"]._lang_get("fa_IR").week_start = "6"
        cls.persian_user = new_test_user(
            cls.env,
            login="persian",
            groups="base.group_user,base.group_partner_manager",
            lang="fa_IR",
            tz="Asia/Tehran",
        )
        cls.english_user = new_test_user(
            cls.env, login="english", groups="base.group_user", lang="en_US", tz="UTC"
        )

    def as_persian(self, model, **context):
        return self._as(self.persian_user, model, **context)

    def as_english(self, model, **context):
        return self._as(self.english_user, model, **context)

    def _as(self, user, model, **context):
        context = {"lang": user.lang, "tz": user.tz, **context}
        return self.env[model].with_user(user).with_context(**context)
