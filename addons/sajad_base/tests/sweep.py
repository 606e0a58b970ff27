# Waits for the screen and until it is quiet, then tells which of its texts are Latin
# words or Gregorian years. Words of codes, addresses and file names may be Latin, in
# any language.
SWEEP = r"""
(async () => {
    const seen = { childList: true, characterData: true, subtree: true };
    const LIMIT = 20000;

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
        console.error("nothing to see: " + ready);
        return;
    }
    // the conversation loads its own code; leaving before that is an error in the log
    const chatter = document.querySelector(".o_portal_chatter");
    await until(() => !chatter || chatter.firstElementChild);
    await quiet();
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
        console.error("not Persian: " + [...wrong].join(" | "));
    } else {
        console.log("sweep clean");
    }
})();
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
        self.browser_js(
            url,
            SWEEP % {"ready": ready},
            login=user.login,
            success_signal="sweep clean",
            timeout=90,
        )
