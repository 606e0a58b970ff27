"""A mail server for outgoing and one for incoming mail, on loopback, for tests.

They speak as much of RFC 5321 and RFC 3501 as a client may ask of them here, and refuse
what comes in the wrong order, so that Odoo talks to them as to any other server.
"""

import re
import socketserver
import threading

PASSWORD = "secret"
DONE = "OK done"


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __enter__(self):
        thread = threading.Thread(target=self.serve_forever, daemon=True)
        thread.start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()

    @property
    def port(self):
        return self.server_address[1]


class Talk(socketserver.StreamRequestHandler):
    timeout = 20

    def say(self, *lines):
        for line in lines:
            content = line if isinstance(line, bytes) else line.encode()
            self.wfile.write(content + b"\r\n")

    def hear(self):
        """Return the next line, None when the client has gone."""
        line = self.rfile.readline()
        return line.rstrip(b"\r\n").decode() if line else None


class SmtpTalk(Talk):
    def handle(self):
        self.sender, self.recipients = None, []
        self.say("220 loopback ESMTP")
        while (line := self.hear()) is not None:
            word = line.split(" ", 1)[0].upper()
            if word == "QUIT":
                self.say("221 bye")
                return
            getattr(self, f"do_{word.lower()}", self.do_unknown)(line)

    def do_unknown(self, line):
        self.say("502 not implemented")

    def do_ehlo(self, line):
        self.say("250-loopback", "250-8BITMIME", "250 SIZE 52428800")

    def do_rset(self, line):
        self.sender, self.recipients = None, []
        self.say("250 ok")

    def do_noop(self, line):
        self.say("250 ok")

    def do_mail(self, line):
        found = re.match(r"MAIL FROM:<([^>]*)>", line, re.I)
        self.sender, self.recipients = found and found[1], []
        self.say("250 ok" if found else "501 syntax")

    def do_rcpt(self, line):
        found = re.match(r"RCPT TO:<([^>]+)>", line, re.I)
        if self.sender is None:
            self.say("503 MAIL first")
        elif not found:
            self.say("501 syntax")
        else:
            self.recipients.append(found[1])
            self.say("250 ok")

    def do_data(self, line):
        if not self.recipients:
            self.say("503 RCPT first")
            return
        self.say("354 go on")
        lines = []
        while (raw := self.rfile.readline().rstrip(b"\r\n")) != b".":
            lines.append(raw[1:] if raw.startswith(b".") else raw)
        content = b"\r\n".join(lines) + b"\r\n"
        self.server.sent.append((self.sender, self.recipients, content))
        self.do_rset(line)


class SmtpServer(Server):
    """Keeps what is sent through it: [(sender, recipients, content)]."""

    def __init__(self):
        self.sent = []
        super().__init__(("127.0.0.1", 0), SmtpTalk)


class ImapTalk(Talk):
    def handle(self):
        self.user, self.selected = None, False
        self.say("* OK loopback IMAP4rev1")
        while (line := self.hear()) is not None:
            tag, word, *rest = line.split(" ", 2)
            rest = rest[0] if rest else ""
            answer = getattr(self, f"do_{word.lower()}", self.do_unknown)(rest)
            self.say(f"{tag} {answer or DONE}")
            if word.upper() == "LOGOUT":
                return

    def do_unknown(self, rest):
        return "BAD unknown command"

    def do_capability(self, rest):
        self.say("* CAPABILITY IMAP4rev1")

    def do_login(self, rest):
        self.user, password = (part.strip('"') for part in rest.split(" "))
        if password != PASSWORD:
            self.user = None
            return "NO [AUTHENTICATIONFAILED] wrong"
        return DONE

    def do_select(self, rest):
        if not self.user:
            return "BAD log in first"
        self.selected = True
        self.say(f"* {len(self.server.box)} EXISTS", "* 0 RECENT", "* FLAGS (\\Seen)")
        return DONE

    def do_search(self, rest):
        if not self.selected:
            return "BAD select first"
        box = enumerate(self.server.box, 1)
        numbers = " ".join(str(n) for n, mail in box if not mail["seen"])
        self.say(f"* SEARCH {numbers}".strip())
        return DONE

    def do_fetch(self, rest):
        number, what = rest.split(" ")
        if not self.selected or what != "(RFC822)":
            return "BAD not understood"
        mail = self.server.box[int(number) - 1]
        # to fetch a mail is to see it
        mail["seen"] = True
        self.say(f"* {number} FETCH (RFC822 {{{len(mail['content'])}}}")
        self.wfile.write(mail["content"])
        self.say(")")
        return DONE

    def do_store(self, rest):
        number, sign, flag = rest.split(" ")
        seen = sign.startswith("+")
        self.server.box[int(number) - 1]["seen"] = seen
        self.say(f"* {number} FETCH (FLAGS ({flag.strip('()') if seen else ''}))")

    def do_close(self, rest):
        self.selected = False

    def do_logout(self, rest):
        self.say("* BYE")


class ImapServer(Server):
    """A mailbox from which clients fetch what they have not seen."""

    def __init__(self):
        self.box = []
        super().__init__(("127.0.0.1", 0), ImapTalk)

    def put(self, content):
        """Let a mail arrive."""
        self.box.append({"content": content, "seen": False})
