from . import sajad_fee_income
from . import sajad_fee_refund
from . import sajad_fee_waive
from . import sajad_tariff_copy
from . import sajad_tariff_copy_line
