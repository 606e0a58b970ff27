from . import res_company_ldap
from . import res_users
