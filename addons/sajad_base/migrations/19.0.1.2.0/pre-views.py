"""Views that extend others are made anew: older ones name fields that have moved."""

# only of addons that still load theirs in this update
_LEAVES = """
DELETE FROM ir_ui_view v USING ir_model_data d, ir_module_module m
WHERE d.model = 'ir.ui.view' AND d.res_id = v.id AND d.module ~ '^sajad_'
AND m.name = d.module AND m.state = 'to upgrade'
AND v.inherit_id IS NOT NULL AND v.mode = 'extension'
AND NOT EXISTS (SELECT FROM ir_ui_view child WHERE child.inherit_id = v.id)
RETURNING v.id
"""


def migrate(cr, _version):
    """Remove them from the outside in; what others hang on them stays as it is."""
    while True:
        cr.execute(_LEAVES)
        removed = [row[0] for row in cr.fetchall()]
        if not removed:
            return
        cr.execute(
            "DELETE FROM ir_model_data WHERE model = 'ir.ui.view' AND res_id = ANY(%s)",
            [removed],
        )
