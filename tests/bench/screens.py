"""What the web client asks for when somebody opens an action: read from its views."""

from lxml import etree

from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

LIMIT = 80  # of a list
BOARD_LIMIT = 40  # of a column of a board
COUNT_LIMIT = 10_000  # as the web client, where a view says none
DEFAULT_FILTER = "search_default_"


class Screen:
    """One view of an action, as one user opens it."""

    def __init__(self, env, action, kind, process=None):
        name = action if "." in action else f"sajad_base.{action}"
        self.action = env.ref(name).sudo()
        values = {"uid": env.uid, "active_id": process and process.id}
        context = safe_eval(self.action.context or "{}", values)
        # beside the language and zone of the client, which it sends as well
        self.model = env[self.action.res_model].with_context(
            **{name: v for name, v in context.items() if DEFAULT_FILTER not in name}
        )
        views = {kind: view_id for view_id, kind in self.action.views}
        self.view = self.get_view(views.get(kind), kind)
        self.order = self.view.get("default_order") or ""
        self.count_limit = int(self.view.get("count_limit") or COUNT_LIMIT)
        self.own_domain = Domain(safe_eval(self.action.domain or "[]", values))
        filters = [name for name in context if name.startswith(DEFAULT_FILTER)]
        self.domain = list(self.own_domain & self.get_filters(filters, values))
        self.specification = self.get_specification()

    def get_view(self, view_id, kind):
        return etree.fromstring(self.model.get_view(view_id, kind)["arch"])

    def get_filters(self, names, values):
        """Return the domain of the filters that the action turns on."""
        search = self.get_view(self.action.search_view_id.id, "search")
        domain = Domain.TRUE
        for name in names:
            name = name.removeprefix(DEFAULT_FILTER)
            (node,) = search.xpath(f"//filter[@name='{name}']")
            domain &= Domain(safe_eval(node.get("domain"), values))
        return domain

    def get_specification(self):
        names = self.view.xpath("//field[not(ancestor::field)]/@name")
        relations = {"fields": {"display_name": {}}}
        return {
            name: relations if self.model._fields[name].type == "many2one" else {}
            for name in names
        }

    def read_board(self):
        return self.model.with_context(read_group_expand=True).web_read_group(
            self.domain,
            [self.view.get("default_group_by")],
            order=self.order,
            auto_unfold=True,
            unfold_read_specification=self.specification,
            unfold_read_default_limit=BOARD_LIMIT,
        )

    def read_list(self, domain=None):
        return self.model.web_search_read(
            self.domain if domain is None else domain,
            self.specification,
            limit=LIMIT,
            order=self.order,
            count_limit=self.count_limit and self.count_limit + 1,
        )

    def count(self, domain=None):
        return self.model.search_count(self.domain if domain is None else domain)
