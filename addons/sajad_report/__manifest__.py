{
    "name": "Sajad: Reports",
    "version": "19.0.1.2.0",
    "summary": "Papers that are right in Persian: WeasyPrint behind Odoo's reports",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Services/Student Affairs",
    "depends": ["web"],
    "external_dependencies": {"python": ["weasyprint"]},
    "data": [
        "report/report_layout_templates.xml",
        "views/ir_actions_report_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["sajad_report/static/src/report/pdf_download.js"],
        "web.assets_tests": ["sajad_report/static/tests/*.js"],
    },
}
