"""A directory that was asked over STARTTLS still is: the default is no encryption."""


def migrate(cr, _version):
    """Have the new field say what the old one said."""
    cr.execute("ALTER TABLE res_company_ldap ADD COLUMN encryption varchar")
    cr.execute("""
        UPDATE res_company_ldap
        SET encryption = CASE WHEN ldap_tls THEN 'starttls' ELSE 'none' END
    """)
