"""A signed-in browser in this process: pages without a network."""

from contextlib import contextmanager

from werkzeug.test import Client

from odoo.http import get_default_session, root
from odoo.sql_db import Cursor

HOST = {"base_url": "http://127.0.0.1", "environ_overrides": {"REMOTE_ADDR": "::1"}}


class Visitor:
    """Somebody who reads pages; `bare` is a route that only knows who asks."""

    def __init__(self, env, user):
        root.initialize()
        session = root.session_store.new()
        session.update(get_default_session(), db=env.cr.dbname)
        session.uid, session.login = user.id, user.login
        session.context = dict(user.with_user(user).context_get())
        session.session_token = user._compute_session_token(session.sid)
        root.session_store.save(session)
        self.client = Client(root)
        self.client.set_cookie("session_id", session.sid, domain="127.0.0.1")

    def read(self, path):
        response = self.client.get(path, **HOST)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        return response.get_data()

    def bare(self):
        body = {"jsonrpc": "2.0", "params": {"counters": []}}
        return self.client.post("/my/counters", json=body, **HOST).get_data()


@contextmanager
def counted():
    """Count the statements of all cursors: a page opens its own."""
    found, execute = [], Cursor.execute

    def spy(self, *args, **kwargs):
        found.append(args)
        return execute(self, *args, **kwargs)

    Cursor.execute = spy
    try:
        yield found
    finally:
        Cursor.execute = execute
