{
    "name": "Sajad: Process Designer",
    "version": "19.0.1.2.0",
    "summary": "Processes drawn, tried, compared and given away in the web client",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Services/Student Affairs",
    "depends": ["sajad_base"],
    "data": [
        "security/sajad_dialog_security.xml",
        "security/ir.model.access.csv",
        "wizards/sajad_flow_simulate_views.xml",
        "wizards/sajad_form_design_views.xml",
        "wizards/sajad_flow_publish_views.xml",
        "wizards/sajad_flow_compare_views.xml",
        "wizards/sajad_flow_migrate_views.xml",
        "wizards/sajad_process_import_views.xml",
        "views/sajad_flow_design_views.xml",
        "views/sajad_process_design_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "sajad_process_designer/static/src/flow_drawing/*",
        ],
        "web.assets_tests": ["sajad_process_designer/static/tests/tours/*.js"],
        "web.assets_unit_tests": ["sajad_process_designer/static/tests/*.test.js"],
    },
    "auto_install": True,
}
