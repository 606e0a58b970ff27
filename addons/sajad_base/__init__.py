from . import controllers
from . import models
from . import wizards
from .hooks import pre_init_hook
from .tools import chain


def uninstall_hook(env):
    """Delete the groups that roles had made for themselves, and functions of triggers.

    The table of roles goes away only afterwards and would hold them back.
    """
    roles = env["sajad.role"].with_context(active_test=False).search([])
    groups = roles.group_id
    env.cr.execute("ALTER TABLE sajad_role ALTER COLUMN group_id DROP NOT NULL")
    env.cr.execute("UPDATE sajad_role SET group_id = NULL")
    env.invalidate_all()
    groups.unlink()
    chain.forget(env.cr)
