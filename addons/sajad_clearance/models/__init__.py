# who clears, and in which processes
from . import sajad_process
from . import sajad_office
from . import sajad_cartable

# what offices hold
from . import sajad_hold
from . import sajad_hold_decision
from . import sajad_hold_portal
from . import sajad_hold_sync
from . import sajad_hold_system
from . import res_users
from . import sajad_hold_event
from . import sajad_hold_instalment
from . import sajad_hold_payment
from . import sajad_hold_transaction_line
from . import payment_transaction
from . import sajad_notice

# the clearance of a student
from . import sajad_student
from . import sajad_student_debt
from . import sajad_about_panel
from . import sajad_request
from . import sajad_request_correction
from . import sajad_request_declared
from . import sajad_task
from . import sajad_engine
from . import sajad_stat_mixin

# certificates
from . import sajad_clearance_certificate
from . import sajad_clearance_certificate_print
from . import sajad_clearance_verification
from . import ir_actions_report

# classes
from . import sajad_condition
from . import sajad_cohort
from . import sajad_cohort_actions
from . import sajad_cohort_line
