"""What a bare machine lacks: packages, Odoo, Python, Node, a browser, a directory."""
