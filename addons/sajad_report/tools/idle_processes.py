"""Processes that answer one question after the other: starting one takes longest."""

import contextlib
import queue


class AskedProcess:
    """A process that is asked over its standard input; makes `self.process`."""

    def is_usable(self):
        return self.process.poll() is None

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        # what could not be written is of no use to anybody
        with contextlib.suppress(OSError):
            self.process.stdin.close()


class IdleProcesses(queue.LifoQueue):
    """Those that wait for a question; the last one that answered is asked next.

    :param make: makes a new `AskedProcess`
    """

    def __init__(self, make):
        super().__init__()
        self.make = make

    def take(self):
        """Return one that can be asked; whoever takes it puts it back or closes it."""
        while True:
            try:
                process = self.get_nowait()
            except queue.Empty:
                return self.make()
            if process.is_usable():
                return process
            process.close()

    def close_all(self):
        """End those that wait, before their time."""
        with contextlib.suppress(queue.Empty):
            while True:
                self.get_nowait().close()
