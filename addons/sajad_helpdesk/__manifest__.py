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
        "views/sajad_support_question_views.xml",
        "views/support_question_portal_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["sajad_helpdesk/static/src/interactions/*"],
    },
}
