{
    "name": "Payment Provider: Zibal",
    "version": "19.0.1.2.0",
    "summary": "An Iranian payment provider for the cards of all Iranian banks.",
    "author": "Sajad",
    "license": "LGPL-3",
    "category": "Accounting/Payment Providers",
    "depends": ["payment"],
    "data": [
        "views/payment_zibal_templates.xml",
        "views/payment_provider_views.xml",
        "data/payment_provider_data.xml",
        "data/ir_cron_data.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
