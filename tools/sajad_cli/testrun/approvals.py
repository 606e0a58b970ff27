"""People who approve while something falls."""

import http.client
import threading
import time

from ..ui import Problem

CLIENTS = 4
LOST = (http.client.HTTPException, OSError, Problem)


class Approvals:
    """Several people approve one by one, and note what they were told.

    :param connect: function that returns a client that is signed in
    :param list ids: the work, from the last to the first
    """

    def __init__(self, connect, ids):
        self.connect, self.ids = connect, list(ids)
        self.acknowledged, self.refused = [], 0
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self._work) for _ in range(CLIENTS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        if error[0]:
            self.ids.clear()
        for thread in self.threads:
            thread.join()

    def wait_for(self, count):
        """Wait until so many are acknowledged, or none is left to do."""
        limit = time.monotonic() + 120
        while len(self.acknowledged) < count and self.ids:
            if time.monotonic() > limit:
                raise Problem(f"only {len(self.acknowledged)} of {count} approved")
            time.sleep(0.02)

    def _work(self):
        client = None
        while self.ids:
            with self.lock:
                task = self.ids.pop() if self.ids else None
            try:
                client = client or self.connect()
                client.call("sajad.task", "action_approve", [task])
                self.acknowledged.append(task)
            except LOST:
                self.refused += 1
                time.sleep(1)
