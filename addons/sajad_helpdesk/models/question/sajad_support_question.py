import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext
from odoo.tools.i18n import format_list
from odoo.tools.mail import plaintext2html

from odoo.addons.sajad_persian.tools.normalize import fold_words

PUBLISHERS = "sajad_base.group_sajad_organization"
MAX_NAME = 200
# e-mail addresses, and numbers that are long enough for a person
PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|\d[\d\s-]{6,}\d")
MAX_SUGGESTED = 5
# of a subject; more say nothing new
MAX_WORDS = 12
# shorter ones stand in every sentence
MIN_LETTERS = 3
# what stands in every question, folded
COMMON_WORDS = frozenset(
    fold_words(
        "برای است نیست هست چرا چگونه چطور چیست لطفا سلام دارم ندارم کنم کرده شود "
        "شده باید خود این آن ها های می نمی را the and how why what can not"
    )
)


class SajadSupportQuestion(models.Model):
    """A question that was answered once and for all (row D1).

    Whoever writes a subject is shown those that fit, and visitors read all of them.
    """

    _name = "sajad.support.question"
    _description = "Answered Question"
    _inherit = ["sajad.client.guard", "sajad.search.key.mixin"]
    _client_fields = {"name", "answer", "keywords", "sequence", "active"}
    _client_create_fields = _client_fields
    _order = "sequence, name, id"
    _spelling = {"name": "text", "keywords": "text"}
    _search_key_fields = ("name", "keywords")

    name = fields.Char(string="Question", required=True, translate=True)
    answer = fields.Html(required=True, translate=True)
    keywords = fields.Char(
        string="Other Words",
        translate=True,
        help="How people say it who do not know the word of the question.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    published = fields.Boolean(
        readonly=True, copy=False, help="Visitors read it, and forms suggest it."
    )
    cartable_id = fields.Many2one(
        "sajad.cartable",
        string="Desk",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Whose expert wrote it; its supervisors publish it.",
    )
    can_publish = fields.Boolean(compute="_compute_can_publish")
    personal = fields.Char(
        string="Looks Personal",
        compute="_compute_personal",
        help="E-mail addresses and long numbers in the text.",
    )
    helpful_count = fields.Integer(string="Helped", readonly=True, copy=False)
    unhelpful_count = fields.Integer(string="Did Not Help", readonly=True, copy=False)

    @api.depends_context("uid")
    @api.depends("cartable_id")
    def _compute_can_publish(self):
        """Heads publish: supervisors of the desk, and the Organization."""
        is_head = self.env.su or self.env.user.has_group(PUBLISHERS)
        own = set(self.env["sajad.cartable"]._get_supervised_ids())
        for question in self:
            question.can_publish = is_head or question.cartable_id.id in own

    @api.depends_context("lang")
    @api.depends("name", "answer", "keywords")
    def _compute_personal(self):
        for question in self:
            answer = html2plaintext(question.answer or "", include_references=False)
            text = "\n".join((question.name or "", question.keywords or "", answer))
            found = dict.fromkeys(PERSONAL.findall(text))
            question.personal = format_list(self.env, found)

    # ------------------------------------------------------------
    # WRITTEN BY EXPERTS, PUBLISHED BY HEADS
    # ------------------------------------------------------------

    @api.model
    def _draft(self, request):
        """Return a question drafted out of a solved request, by its expert.

        Who asked is left out as far as the register knows; the rest is the expert's to
        take out, which the form says. The caller has checked who may do this.
        """
        # the person is read in order to be left out
        request_sudo = request.sudo()
        people = request_sudo._get_support_personal_texts()
        title = request_sudo.support_subject or request_sudo.note or ""
        text = _leave_out(people, request_sudo._get_support_answer())
        # whose desk it is, is the system's to say
        draft_sudo = self.sudo().create(
            {
                "name": _leave_out(people, title.strip().split("\n")[0][:MAX_NAME]),
                "answer": plaintext2html(text),
                "cartable_id": request_sudo.support_cartable_id.id,
            }
        )
        return draft_sudo.with_env(self.env)

    def action_publish(self):
        """Let everybody read the questions (row D1).

        :raise AccessError: the user is no head of their desks
        :raise UserError: an e-mail address or a long number stands in one
        """
        self._check_head()
        for question in self.filtered("personal"):
            raise UserError(
                self.env._(
                    "Take out what tells who asked: %(found)s", found=question.personal
                )
            )
        # only heads publish, which was asked
        self.sudo().published = True

    def action_unpublish(self):
        """Take questions back from the pages (row D1).

        :raise AccessError: the user is no head of their desks
        """
        self._check_head()
        # only heads publish, which was asked
        self.sudo().published = False

    def _check_head(self):
        self.check_access("read")
        if any(not question.can_publish for question in self):
            raise AccessError(
                self.env._("Supervisors of the desk and the Organization publish.")
            )

    def _get_client_refusal(self):
        return self.env._("Questions are published through their button.")

    @api.model
    def _get_public_domain(self, search=""):
        """Return the condition of what everybody reads.

        :param str search: words that all have to be there, without signs of patterns
        """
        domain = Domain("published", "=", True)
        return domain & Domain("search_key", "ilike", search) if search else domain

    def _get_excerpt(self):
        """Return the beginning of the answer as plain text."""
        self.ensure_one()
        text = html2plaintext(self.answer or "", include_references=False)
        text = " ".join(text.split())
        return text if len(text) <= 160 else f"{text[:159]}…"

    @api.model
    def _suggest(self, text):
        """Return the questions that fit a sentence best, the best first.

        Called with elevated rights; what is returned is published.

        :param str text: a subject as it is being typed, without signs of patterns
        """
        words = _get_telling_words(text)
        if not words:
            return self.browse()
        found = Domain.OR(Domain("search_key", "ilike", word) for word in words)
        query = self._search(self._get_public_domain() & found)
        key = SQL.identifier(query.table, "search_key")
        # a long word says more than a short one
        scores = [
            SQL("CASE WHEN %s LIKE %s THEN %s ELSE 0 END", key, f"%{word}%", len(word))
            for word in words
        ]
        query.order = SQL(
            "%s DESC, %s DESC, %s",
            SQL(" + ").join(scores),
            SQL.identifier(query.table, "helpful_count"),
            SQL.identifier(query.table, "id"),
        )
        query.limit = MAX_SUGGESTED
        return self.browse(query.get_result_ids())

    def _rate(self, is_helpful):
        """Count whether the answer helped a reader.

        Called with elevated rights. Counted in the database: readers come at once.
        """
        self.ensure_one()
        name = "helpful_count" if is_helpful else "unhelpful_count"
        self.flush_recordset([name])
        self.env.execute_query(
            SQL(
                "UPDATE sajad_support_question SET %(name)s = COALESCE(%(name)s, 0) + 1"
                " WHERE id = %(id)s RETURNING id",
                name=SQL.identifier(name),
                id=self.id,
            )
        )
        self.invalidate_recordset([name])


def _get_telling_words(text):
    words = [word for word in fold_words(text) if len(word) >= MIN_LETTERS]
    return [word for word in words if word not in COMMON_WORDS][:MAX_WORDS]


def _leave_out(people, text):
    """Return a text without some words that name a person, the longest first."""
    for word in sorted(people, key=len, reverse=True):
        text = text.replace(word, "…")
    return text
