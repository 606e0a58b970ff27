from odoo import models
from odoo.tools import SQL

from odoo.addons.sajad_persian.models.sajad_spelling import SajadSpelling

from ..org.base import Base
from ..org.sajad_client_guard import SajadClientGuard

# with a default, or computed and stored: known to be right in a row of their own
KNOWN_FIELDS = {"state", "round", "current", "properties", "search_key"}
# what these do in `create` is done here as well, or is for clients
KNOWN_MAKERS = (models.BaseModel, Base, SajadClientGuard, SajadSpelling)


class SajadEngineMake(models.AbstractModel):
    """Part of the engine: work items are made, thousands in one statement.

    A class of five hundred has 5,500 of them, and few differ: work at the same step is
    the same for all requests but for what is of the request. So defaults and answers
    are asked of Odoo once for each kind. As soon as an addon has a say in what a new
    work item is, Odoo creates all of them.
    """

    _name = "sajad.engine.make"
    _description = "Engine of Requests"

    def _create_tasks(self, nodes):
        """Create the work items of nodes that have none."""
        if not nodes:
            return
        requests = self.env["sajad.request"].union(*{n.request for n in nodes})
        # all definitions of step forms at once, instead of one by one
        steps = self.env["sajad.flow.step"].browse({n.step.id for n in nodes})
        steps.fetch(["task_properties_definition"])
        common = self._get_common_values(requests)
        if self._get_unknown_parts():
            vals_list = [
                {**common[n.request], **self._get_own_values(n)} for n in nodes
            ]
            ids = self.env["sajad.task"].create(vals_list).ids
        else:
            ids = self._insert_tasks(nodes, common)
        for node, task_id in zip(nodes, ids, strict=True):
            node.task_id = task_id

    def _get_common_values(self, requests):
        """Return {request: what all of its work has in common}, as it is stored."""
        Task = self.env["sajad.task"]
        cards = self._get_card_values(requests)
        cards = {request: Task._respell_vals(card) for request, card in cards.items()}
        # Odoo would make the key for each row: a fourth of what a class costs
        keyed = Task.concat(*map(Task.new, cards.values()))
        return {
            request: {
                "request_id": request.id,
                "process_id": request.process_id.id,
                "university_id": request.university_id.id,
                "faculty_id": request.faculty_id.id,
                **card,
                "search_key": task.search_key,
            }
            for task, (request, card) in zip(keyed, cards.items(), strict=True)
        }

    def _get_own_values(self, node):
        return {"step_id": node.step.id, "stage_id": node.step.stage_id, **node.values}

    def _get_unknown_parts(self):
        """Return what of a new work item only `create` gets right: fields, classes."""
        Task = self.env["sajad.task"]
        fields = [
            name
            for name, field in Task._fields.items()
            if field.default or (field.store and field.compute)
        ]
        makers = [
            cls for cls in type(Task).mro() if {"create", "_create"} & {*vars(cls)}
        ]
        return [
            *(name for name in fields if name not in KNOWN_FIELDS),
            *(maker for maker in makers if maker not in KNOWN_MAKERS),
        ]

    def _insert_tasks(self, nodes, common):
        """Insert a row for each node; return their ids, in the order of the nodes.

        :param dict common: {request: values of all of its work}
        """
        Task = self.env["sajad.task"]
        samples, pairs = self._group_by_kind(nodes, common)
        kinds = Task._prepare_create_values(samples)
        shared = {request.id: values for request, values in common.items()}
        of_request = dict.fromkeys(name for vals in shared.values() for name in vals)
        of_kind = dict.fromkeys(name for vals in kinds for name in vals)
        of_kind = [name for name in of_kind if name not in of_request]
        names = [*of_request, *of_kind]
        rows = self.env.execute_query(
            SQL(
                "INSERT INTO sajad_task (%s) SELECT %s "
                "FROM unnest(%s, %s) WITH ORDINALITY AS pair (request, kind, number) "
                "JOIN (VALUES %s) AS request (key, %s) ON request.key = pair.request "
                "JOIN (VALUES %s) AS kind (key, %s) ON kind.key = pair.kind "
                "ORDER BY pair.number RETURNING id",
                SQL(", ").join(map(SQL.identifier, names)),
                self._get_columns(request=of_request, kind=of_kind),
                *map(list, zip(*pairs, strict=True)),
                *self._get_rows(of_request, shared.items()),
                *self._get_rows(of_kind, enumerate(kinds)),
            )
        )
        tasks = Task.browse(task_id for (task_id,) in rows)
        self._tell_of_new(tasks, names)
        return tasks.ids

    def _group_by_kind(self, nodes, common):
        """Return ([values of a node of each kind], [(request id, number of kind)])."""
        numbers, samples, pairs = {}, [], []
        for node in nodes:
            own = self._get_own_values(node)
            number = numbers.setdefault(tuple(own.items()), len(samples))
            if number == len(samples):
                samples.append({**common[node.request], **own})
            pairs.append((node.request.id, number))
        return samples, pairs

    def _get_columns(self, **tables):
        """Return columns with their types: PostgreSQL knows none of mere NULLs."""
        fields = self.env["sajad.task"]._fields
        return SQL(", ").join(
            SQL(
                "%s::%s",
                SQL.identifier(table, name),
                SQL.identifier(fields[name].column_type[0]),
            )
            for table, names in tables.items()
            for name in names
        )

    def _get_rows(self, names, keyed):
        """Return (rows, names) in SQL of values of work, each behind its key."""
        Task = self.env["sajad.task"]
        fields = [Task._fields[name] for name in names]
        rows = (
            (key, *(f.convert_to_column_insert(v.get(f.name), Task, v) for f in fields))
            for key, v in keyed
        )
        return (
            SQL(", ").join(SQL("%s", row) for row in rows),
            SQL(", ").join(map(SQL.identifier, names)),
        )

    def _tell_of_new(self, tasks, names):
        """Let what was read before, and what is computed, know of new work."""
        for name in names:
            for inverse in self.pool.field_inverses[tasks._fields[name]]:
                Model = self.env[inverse.model_name]
                Model.invalidate_model([inverse.name], flush=False)
        # what is computed of work has its value; others may count on it
        with self.env.protecting(map(tasks._fields.get, names), tasks):
            tasks.modified(names, create=True)
        tasks._validate_fields(names)
