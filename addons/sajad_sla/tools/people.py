"""Who is in charge of requests, read at once for many."""

from collections import defaultdict

from odoo.fields import Domain


class People:
    """Who is told of requests: those in charge, their heads, another office."""

    def __init__(self, env, request_ids):
        # who works where is no secret of a job
        self.env = env = env(su=True)
        self.tasks = defaultdict(env["sajad.task"].browse)
        domain = [
            ("request_id", "in", request_ids),
            ("current", "=", True),
            ("state", "in", ("ready", "student", "suspended")),
            ("step_id.mode", "!=", "information"),
        ]
        for task in env["sajad.task"].search(domain):
            self.tasks[task.request_id.id] += task
        Member = env["sajad.cartable.member"]
        self.deciders = self.get_members(Member._get_decider_domain())
        self.heads = self.get_members(
            [("kind", "in", ("owner", "supervisor")), ("user_id.active", "=", True)]
            + Member._get_active_domain()
        )
        self.offices = {}

    def get_members(self, domain):
        """Return {cartable: users} of the cartables of the requests."""
        cartables = self.env["sajad.task"].union(*self.tasks.values()).cartable_id
        members = self.env["sajad.cartable.member"].search(
            Domain("cartable_id", "in", cartables.ids) & Domain(domain)
        )
        grouped = members.grouped("cartable_id")
        return {cartable: found.user_id for cartable, found in grouped.items()}

    def get_users(self, request, audience, role_id):
        """Return who is told of a request; never nobody, where anybody is left."""
        users = self.env["res.users"]
        if audience == "second":
            users = self.get_office(request.university_id, role_id)
        for task in self.tasks[request.id] if audience != "second" else ():
            if audience == "expert":
                claimed = task.user_id.filtered("active")
                users |= claimed or self.deciders.get(task.cartable_id, users.browse())
            else:
                users |= self.heads.get(task.cartable_id, users.browse())
        if not users:
            _kind, users = request.university_id._get_gap_notice()
        return users

    def get_office(self, university, role_id):
        """Return who decides in an office of a university or of the Organization."""
        key = (university, role_id)
        if key not in self.offices:
            Member = self.env["sajad.cartable.member"]
            self.offices[key] = Member.search(
                Domain("cartable_id.role_id", "=", role_id)
                & (
                    Domain("university_id", "=", university.id)
                    | Domain("university_id.is_organization", "=", True)
                )
                & Member._get_decider_domain()
            ).user_id
        return self.offices[key]
