{
    "name": "Sajad: Clearance",
    "version": "19.0.1.0.0",
    "summary": "A leaving student is cleared by every office",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Services/Student Affairs",
    "depends": ["sajad_base"],
    "data": [
        "data/sajad_role_data.xml",
        "data/clearance_eleven_process_data.xml",
        "data/clearance_eleven_flow_data.xml",
        "views/sajad_request_views.xml",
        "views/sajad_task_views.xml",
        "views/clearance_portal_templates.xml",
        "report/sajad_request_templates.xml",
        "views/sajad_clearance_menus.xml",
    ],
    "demo": [
        "demo/res_users_demo.xml",
        "demo/sajad.cartable.csv",
        "demo/sajad.cartable.member.csv",
        "demo/sajad_request_demo.xml",
    ],
    "assets": {
        "web.assets_tests": ["sajad_clearance/static/tests/tours/*.js"],
    },
}
