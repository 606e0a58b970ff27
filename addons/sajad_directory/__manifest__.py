{
    "name": "Sajad: Sign-In with Directories",
    "version": "19.0.1.2.0",
    "summary": "Students and staff sign in with the password of their university",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Services/Student Affairs",
    "depends": ["auth_ldap", "sajad_base"],
    "data": ["data/ir_cron_data.xml", "views/res_company_ldap_views.xml"],
    "auto_install": True,
}
