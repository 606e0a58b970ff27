{
    "name": "Sajad: Persian",
    "version": "19.0.1.2.0",
    "summary": "One spelling, Iranian numbers, Persian font and digits, missing terms",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Services/Student Affairs",
    "depends": ["base_setup", "web"],
    "external_dependencies": {"python": ["phonenumbers", "python-stdnum"]},
    "data": [
        "data/res_lang_data.xml",
        "views/web_layout_templates.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            # in front of all fields, which take their readers when they load
            (
                "before",
                "web/static/src/env.js",
                "sajad_persian/static/src/numbers/*",
            ),
            "sajad_persian/static/src/scss/*",
            "sajad_persian/static/src/fields/*",
            "sajad_persian/static/src/web/*",
        ],
        "web.assets_backend_lazy": ["sajad_persian/static/src/graph/*"],
        "web.assets_frontend": [
            "sajad_persian/static/src/scss/*",
            ("remove", "sajad_persian/static/src/scss/unread.scss"),
            "sajad_persian/static/src/portal/*",
        ],
        "web.assets_unit_tests": ["sajad_persian/static/tests/*.test.js"],
    },
    "post_init_hook": "post_init_hook",
}
