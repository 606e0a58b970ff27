from . import babel_patch
from . import jalali
from . import jalali_groups
