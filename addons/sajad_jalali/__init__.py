from . import controllers
from . import models
from . import tools


def uninstall_hook(env):
    """Server-side texts of this database are Gregorian again."""
    tools.babel_patch.disable(env.cr.dbname)
