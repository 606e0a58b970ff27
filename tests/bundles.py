"""Make the scripts and styles that the pages ask for, once for all copies.

What a browser test makes of them is rolled back with it, so each of them would make
the styles for pages that run from right to left anew. For Odoo's shell.
"""

STYLES = (
    "portal.assets_chatter",
    "portal.assets_chatter_style",
    "web.assets_backend_lazy",
    "web.assets_frontend",
    "web.assets_web",
    "web.assets_web_print",
)
SCRIPTS = (
    "bus.websocket_worker_assets",
    "portal.assets_chatter",
    "web.assets_backend_lazy",
)

qweb = env["ir.qweb"]  # noqa: F821
qweb._pregenerate_assets_bundles()
for name in STYLES:
    qweb._get_asset_bundle(name, css=True, js=False, rtl=True).css()
for name in SCRIPTS:
    qweb._get_asset_bundle(name, css=False, js=True).js()
env.cr.commit()  # noqa: F821
