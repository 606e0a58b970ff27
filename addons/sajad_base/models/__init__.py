# ruff: noqa: I001  (what is extended comes first)
from . import org  # who and where
from . import batch  # work on many records in the background
from . import calendar  # working hours and holidays
from . import process  # what a service is, and its versions
from . import cartable  # who decides where
from . import request  # requests, work and history
from . import notice  # how anybody is told
from . import portal  # the catalogue and its guides
from . import engine  # how requests travel
from . import home  # where each kind of staff begins
from . import table  # lists that come in
