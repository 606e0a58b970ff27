# what fees inherit
from . import sajad_payable

from . import ir_qweb_field_rials
from . import payment_transaction
from . import res_config_settings
from . import sajad_engine
from . import sajad_fee
from . import sajad_fee_payment
from . import sajad_fee_course
from . import sajad_fee_office
from . import sajad_fee_reversal
from . import sajad_notice
from . import sajad_process
from . import sajad_request
from . import sajad_tariff
