{
    "name": "Sajad: Support Desk",
    "version": "19.0.1.2.0",
    "summary": "Support requests: conversation, lines, ready answers, rating",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Services/Student Affairs",
    "depends": ["rating", "sajad_fee", "sajad_sla"],
    "data": [
        "security/ir.model.access.csv",
        "data/support_process_data.xml",
        "data/support_publish_data.xml",
        "data/sajad_support_category_data.xml",
        "data/ir_cron_data.xml",
        "views/sajad_support_category_views.xml",
        "views/sajad_support_question_views.xml",
        "views/support_question_portal_templates.xml",
        "views/sajad_helpdesk_menus.xml",
    ],
    "demo": ["demo/sajad_helpdesk_demo.xml"],
    "assets": {
        "web.assets_frontend": ["sajad_helpdesk/static/src/interactions/*"],
    },
}
