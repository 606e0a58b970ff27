from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.normalize import fold_words, make_search_key
from ..tools.spelling import get_key_texts

CONTAINS = ("like", "ilike", "not like", "not ilike")


class SajadSearchKeyMixin(models.AbstractModel):
    """Finds records by a search key in which spellings are one (row E3).

    The key holds the declared fields, in all languages, folded. It is found by words
    in any order, through a trigram index.
    """

    _name = "sajad.search.key.mixin"
    _inherit = ["sajad.spelling"]
    _description = "Search in One Spelling"

    # names of the fields that the key is made of
    _search_key_fields = ()

    search_key = fields.Char(
        compute="_compute_search_key",
        store=True,
        index="trigram",
        copy=False,
        # only searches need it, reading records should not carry it along
        prefetch=False,
        exportable=False,
    )

    @api.depends(lambda self: self._search_key_fields)
    def _compute_search_key(self):
        names = self._search_key_fields
        for record, *variants in zip(self, *self._get_language_variants(), strict=True):
            record.search_key = make_search_key(
                text
                for name in names
                for variant in variants
                if variant[name]
                for text in get_key_texts(self._spelling.get(name), variant[name])
            )

    def _get_language_variants(self):
        """Return the records once for each language that their key has to know."""
        if not any(self._fields[name].translate for name in self._search_key_fields):
            return [self]
        # read in all languages at once
        records = self.with_context(prefetch_langs=True)
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        # the source of translations is there even where nobody uses it
        langs = dict.fromkeys(["en_US", *installed])
        return [records.with_context(lang=lang) for lang in langs]

    # ------------------------------------------------------------
    # SEARCH
    # ------------------------------------------------------------

    @api.model
    def _get_respelled_names(self):
        return {*super()._get_respelled_names(), "search_key"}

    @api.model
    def _respell_condition(self, condition):
        if condition.field_expr == "search_key" and condition.operator in CONTAINS:
            return self._get_search_key_domain(condition.operator, condition.value)
        return super()._respell_condition(condition)

    @api.model
    def _get_search_key_domain(self, operator, value):
        """Return the domain of records that (do not) have all words of `value`."""
        words = fold_words(value) if isinstance(value, str) else []
        if value and not words:
            return self._match_nothing(operator)
        domain = Domain.AND(Domain("search_key", "ilike", word) for word in words)
        return ~domain if operator in Domain.NEGATIVE_OPERATORS else domain

    @api.model
    def _search_display_name(self, operator, value):
        if operator not in CONTAINS:
            return super()._search_display_name(operator, value)
        found = self._get_search_key_domain("ilike", value)
        # what other addons look in besides
        for name in self._rec_names_search or ():
            if name not in self._search_key_fields and not found.is_true():
                found |= self._get_other_domain(name, value)
        return ~found if operator in Domain.NEGATIVE_OPERATORS else found

    @api.model
    def _get_other_domain(self, name, value):
        field = self._fields[name.split(".")[0]]
        if field.relational:
            return Domain(f"{name}.display_name", "ilike", value)
        return Domain(name, "ilike", value)
