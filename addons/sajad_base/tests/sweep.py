# Waits for the screen and until it is quiet.
WAIT = r"""
    const seen = { childList: true, characterData: true, subtree: true };
    const LIMIT = 40000;

    /** Resolves when the condition holds, or does not within the limit. */
    const until = (condition) =>
        new Promise((resolve) => {
            const observer = new MutationObserver(() => condition() && done());
            const limit = setTimeout(done, LIMIT);
            function done() {
                clearTimeout(limit);
                observer.disconnect();
                resolve();
            }
            observer.observe(document, seen);
            if (condition()) {
                done();
            }
        });

    /** Resolves when nothing has changed for half a second and no answer is awaited. */
    const quiet = () =>
        new Promise((resolve) => {
            let timer;
            const observer = new MutationObserver(restart);
            const limit = setTimeout(done, LIMIT);
            function restart() {
                clearTimeout(timer);
                timer = setTimeout(check, 500);
            }
            function check() {
                // Odoo shows it after a quarter of a second
                document.querySelector(".o_loading_indicator") ? restart() : done();
            }
            function done() {
                clearTimeout(limit);
                clearTimeout(timer);
                observer.disconnect();
                resolve();
            }
            observer.observe(document, seen);
            restart();
        });

    const ready = "%(ready)s";
    await until(() => document.querySelector(ready));
    if (!document.querySelector(ready)) {
        throw new Error("nothing to see: " + ready);
    }
    // the conversation loads its own code; leaving before that is an error in the log
    const chatter = document.querySelector(".o_portal_chatter");
    await until(() => !chatter || chatter.firstElementChild);
    await quiet();
"""
# Tells which of the texts are Latin words or Gregorian years. Words of codes, addresses
# and file names may be Latin, in any language.
SWEEP = r"""
    const wrong = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        const text = walker.currentNode.textContent.trim();
        const hidden = parent.closest("script, style, noscript, .o_brand_promotion");
        if (!text || hidden || !parent.checkVisibility()) {
            continue;
        }
        const words = text.replace(/\S*[@_./:]\S*/g, "").match(/[A-Za-z]{3,}/g) || [];
        if (words.some((word) => !/^(PDF|JPG|PNG)$/.test(word))) {
            wrong.add(text);
        }
        if (/\b20[0-9]{2}[-/ ]|\b20[0-9]{2}\b/.test(text)) {
            wrong.add(text);
        }
        // codes, addresses and file names keep Latin digits
        const code = /[A-Za-z][\w@./-]*\d|\d[\w@./-]*[A-Za-z]/;
        const font = getComputedStyle(parent).fontFamily;
        if (code.test(text) && font.includes("Vazirmatn Digits")) {
            wrong.add("Persian digits in a code: " + text);
        }
    }
    if (wrong.size) {
        throw new Error("not Persian: " + [...wrong].join(" | "));
    }
"""
# Where things stand on the screen.
PLACES = r"""
    const box = (selector) => {
        const found = document.querySelector(selector);
        if (!found) {
            throw new Error("not there: " + selector);
        }
        return found.getBoundingClientRect();
    };
    const must = (holds, what) => {
        if (!holds) {
            throw new Error(what);
        }
    };
    const page = document.documentElement;
    must(page.scrollWidth <= window.innerWidth, "the page scrolls sideways");
"""
NAMES = {
    "student": "نمونه دانشجوی آزمون",
    "officer": "نمونه کارشناس آزمون",
    "supervisor": "نمونه ناظر آزمون",
    "admin": "نمونه مدیر آزمون",
}
PERSIAN = {"lang": "fa_IR", "tz": "Asia/Tehran"}


class SweepCase:
    """Persian users meet no Gregorian date and no English word (rows E1, E2).

    A mixin for browser tests of the screens of an addon, before `HttpCase`.
    """

    browser_size = "1600x1000"

    @classmethod
    def setUpPersian(cls):
        """Let people and places of `SajadCommon` have Persian names."""
        cls.env["res.lang"]._activate_lang("fa_IR")
        modules = cls.env["ir.module.module"].search([("state", "=", "installed")])
        modules._update_translations(["fa_IR"])
        for kind, name in NAMES.items():
            getattr(cls, f"user_{kind}").write({"name": name, **PERSIAN})
        for university in cls.university | cls.other_university:
            for lang in ("en_US", "fa_IR"):
                university.with_context(lang=lang).name = "دانشگاه آزمون"
                university.faculty_ids.with_context(lang=lang).name = "دانشکده آزمون"
        cls.env.company.name = "سامانه آزمون"

    def sweep(self, url, ready, user):
        """Open a page and fail on every text that is not Persian.

        :param str ready: selector of what has to be there first
        """
        self.look(url, ready, user, SWEEP)

    def measure(self, url, ready, user, script):
        """Open a page and run a script that says what `must` hold of a `box`."""
        self.look(url, ready, user, PLACES + script)

    def look(self, url, ready, user, script):
        """Open a page, and run a script on it once it is quiet."""
        code = "(async () => {%s%s})().then(() => console.log('look done'), (e) => "
        code += "console.error(e.message));"
        self.browser_js(
            url,
            code % (WAIT.replace("%(ready)s", ready), script),
            login=user.login,
            success_signal="look done",
            timeout=150,
        )
