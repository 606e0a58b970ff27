{
    "name": "Sajad: Jalali calendar",
    "version": "19.0.1.2.0",
    "summary": "Show, type, pick, filter and group dates in the Jalali calendar",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Services/Student Affairs",
    "depends": ["web"],
    "data": ["views/res_users_views.xml"],
    "assets": {
        # the calendar itself, display, typing and picker: web client and portal
        "web._assets_core": ["sajad_jalali/static/src/core/**/*"],
        "web.assets_frontend": ["sajad_jalali/static/src/core/**/*"],
        "web.assets_backend": ["sajad_jalali/static/src/backend/**/*"],
        "web.fullcalendar_lib": ["sajad_jalali/static/src/lib/fullcalendar_jalali.js"],
        "web.assets_tests": ["sajad_jalali/static/tests/tours/*.js"],
        "web.assets_unit_tests": [
            "sajad_jalali/static/tests/jalali_test_helpers.js",
            "sajad_jalali/static/tests/*.test.js",
        ],
    },
    "uninstall_hook": "uninstall_hook",
}
