"""The form of a process is that of its versions, and each is frozen with its own."""


def migrate(cr, _version):
    """Give every version the form that its process had."""
    cr.execute("""
        UPDATE sajad_flow flow
        SET request_properties_definition = process.request_properties_definition,
            required_properties = process.required_properties
        FROM sajad_process process
        WHERE process.id = flow.process_id
        AND process.request_properties_definition IS NOT NULL
    """)
