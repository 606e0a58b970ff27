from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext

from odoo.addons.sajad_persian.tools.normalize import fold_words

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
    _inherit = ["sajad.search.key.mixin"]
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
        default=True, help="Visitors read it, and forms suggest it."
    )
    helpful_count = fields.Integer(string="Helped", readonly=True, copy=False)
    unhelpful_count = fields.Integer(string="Did Not Help", readonly=True, copy=False)

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
