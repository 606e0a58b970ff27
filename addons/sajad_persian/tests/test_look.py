import re
import shutil

from odoo.tests import tagged
from odoo.tools.misc import file_path

from .common import MISSING, LookCase

# Where the signs of some values are on the screen, from left to right.
READ = """
    function read(host, text) {
        const node = host.firstChild || host.appendChild(document.createTextNode(""));
        node.data = text;
        return [...text]
            .map((sign, index) => {
                const range = document.createRange();
                range.setStart(node, index);
                range.setEnd(node, index + 1);
                return [range.getBoundingClientRect().left, sign];
            })
            .sort((a, b) => a[0] - b[0])
            .map(([_left, sign]) => sign)
            .join("");
    }
    const page = document.createElement("div");
    page.className = "o_rtl";
    page.style.direction = "rtl";
    document.body.append(page);
    const cases = [
        ["o_field_integer", "-5"],
        ["o_field_float", "-1,234.50"],
        ["o_field_percentage", "-7%"],
        ["o_field_datetime", "1405/09/01 11:30:00"],
        ["o_force_ltr", "+98 912 345 6789"],
        ["o_force_ltr", "IR58 0540 1051"],
    ];
    for (const [name, text] of cases) {
        const field = document.createElement("div");
        field.className = name;
        page.append(field);
        let host = field;
        if (name !== "o_force_ltr") {
            host = field.appendChild(document.createElement("span"));
        }
        const seen = read(host, text);
        if (seen !== text) {
            throw new Error(`${name}: ${text} reads ${seen}`);
        }
    }
    for (const [tag, name] of [["span", ""], ["td", "o_data_cell o_list_number"]]) {
        const around = document.createElement("div");
        around.className = name ? "o_list_table" : "o_field_monetary";
        page.append(around);
        const host = around.appendChild(document.createElement(tag));
        host.className = name;
        const seen = read(host, "500,000 \\ufdfc");
        if (seen !== "\\ufdfc 500,000") {
            throw new Error(`an amount in ${tag} reads ${seen}`);
        }
    }
    const input = document.createElement("input");
    input.className = "o_datetime_input";
    page.append(input);
    const style = getComputedStyle(input);
    if (style.direction !== "ltr" || style.textAlign !== "right") {
        throw new Error(`a date is typed ${style.direction}, ${style.textAlign}`);
    }
    const font = getComputedStyle(document.body).fontFamily;
    if (!font.startsWith('"Vazirmatn Digits", Vazirmatn')) {
        throw new Error(`the font is ${font}`);
    }
    const crumbs = document.createElement("div");
    crumbs.className = "o_breadcrumb";
    crumbs.innerHTML = "<div class='o_last_breadcrumb_item'><span></span></div>";
    page.append(crumbs);
    const title = read(crumbs.querySelector("span"), "400110007_card.pdf");
    if (title !== "400110007_card.pdf") {
        throw new Error(`a title reads ${title}`);
    }
    const name = document.createElement("a");
    name.className = "text-break";
    page.append(name);
    if (getComputedStyle(name).overflowWrap !== "anywhere") {
        throw new Error("a long name runs out of its box");
    }
    for (const name of ["popover", "tooltip", "o-tooltip"]) {
        const bubble = document.createElement("div");
        bubble.className = name;
        page.append(bubble);
        if (getComputedStyle(bubble).fontFamily !== font) {
            throw new Error(`${name} has another font than the page`);
        }
    }
    for (const name of ["email", "smtp_host", "smtp_port", "path"]) {
        const field = document.createElement("div");
        field.className = "o_field_widget";
        field.setAttribute("name", name);
        page.append(field);
        const latin = getComputedStyle(field).fontFamily;
        if (!latin.startsWith("Vazirmatn,")) {
            throw new Error(`${name} has the font ${latin}`);
        }
    }
    const typed = document.createElement("div");
    typed.className = "o_force_ltr";
    const box = typed.appendChild(document.createElement("input"));
    page.append(typed);
    box.placeholder = "example";
    if (getComputedStyle(box).direction !== "rtl") {
        throw new Error("an example is read from the left");
    }
    box.value = "ldap.example";
    if (getComputedStyle(box).direction !== "ltr") {
        throw new Error("what is typed is read from the right");
    }
    page.insertAdjacentHTML(
        "beforeend",
        `<div class="o_list_renderer"><table class="o_list_table">
            <thead><tr><th><span class="text-truncate">A</span></th></tr></thead>
            <tbody><tr class="o_data_row">
                <td class="o_data_cell" name="message">Why</td>
                <td class="o_data_cell o_sajad_wraps">Whose</td>
            </tr></tbody></table></div>`
    );
    for (const part of ["th span", "td", ".o_sajad_wraps"]) {
        if (getComputedStyle(page.querySelector(part)).whiteSpace !== "normal") {
            throw new Error(`${part} of a list is cut off`);
        }
    }
    document.fonts.load("16px Vazirmatn", "\\u0633").then((fonts) => {
        if (!fonts.length) {
            throw new Error("Vazirmatn is not served");
        }
        console.log("test successful");
    });
"""


@tagged("post_install", "-at_install")
class TestLook(LookCase):
    """Right to left, fonts and digits of a Persian user (rows E1, E3)."""

    def test_rtlcss_is_there(self):
        self.assertTrue(shutil.which("rtlcss"), MISSING)

    def test_web_client_is_flipped(self):
        links, css = self.get_styles(self.get_page("/odoo", "t_fa"))
        self.assertTrue(all(".rtl." in link for link in links), links)
        self.assertGreater(len(css), 300_000, MISSING)
        self.assertIn("unicode-bidi: plaintext", css, MISSING)
        self.assertRegex(css, r"\.ms-1\s*{\s*margin-right", MISSING)

    def test_english_users_see_no_difference(self):
        page = self.get_page("/odoo", "t_en", "en_US")
        links, css = self.get_styles(page)
        self.assertFalse([link for link in links if ".rtl." in link])
        self.assertNotIn("unicode-bidi: plaintext", css)
        self.assertRegex(page, r'<html[^>]* lang="en-US"')
        self.assertNotIn("data-sajad-digits", page)

    def test_visitors_read_the_language_of_the_house(self):
        """An English browser says nothing about who sits before it, a choice does."""
        english = {"Accept-Language": "en-US,en;q=0.9"}

        def read(**cookies):
            self.opener.cookies.clear()
            page = self.url_open("/web/login", headers=english, cookies=cookies).text
            return re.search(r'<html[^>]* lang="([^"]+)"', page)[1]

        Default = self.env["ir.default"]
        Default.set("res.partner", "lang", "fa_IR")
        self.assertEqual(read(), "fa-IR")
        self.assertEqual(read(frontend_lang="en_US"), "en-US")
        Default.set("res.partner", "lang", "en_US")
        self.assertEqual(read(), "en-US")

    def test_language_of_the_house_is_remembered(self):
        """Each page asks for it."""
        Default = self.env["ir.default"]
        for lang in ("fa_IR", "en_US"):
            Default.set("res.partner", "lang", lang)
            self.assertEqual(Default.sudo()._get("res.partner", "lang"), lang)
            with self.assertQueryCount(0):
                Default.sudo()._get("res.partner", "lang")
        self.assertFalse(Default.sudo()._get("res.partner", "lang", user_id=True))

    def test_digits_are_a_setting(self):
        for path, login in (("/web/login", None), ("/odoo", "t_fa")):
            for on in (True, False):
                with self.subTest(f"{path} {on}"):
                    self.env.company.sajad_persian_digits = on
                    page = self.get_page(path, login)
                    self.assertRegex(page, r'<html[^>]* lang="fa-IR"')
                    self.assertEqual('data-sajad-digits="fa"' in page, on)

    def test_data_keeps_ascii_digits(self):
        """The font draws the digits; the page itself has none in Persian form."""
        page = self.get_page("/web/login")
        self.assertNotRegex(page, "[۰-۹]")

    def test_fonts_are_served(self):
        _links, css = self.get_styles(self.get_page("/odoo", "t_fa"))
        fonts = set(re.findall(r'url\("(/sajad_persian/static/fonts/[^"]+)"\)', css))
        self.assertEqual(len(fonts), 6)
        for font in fonts:
            with self.subTest(font):
                self.assertEqual(self.url_open(font).content[:4], b"wOF2")
        file_path("sajad_persian/static/fonts/vazirmatn/OFL.txt")

    def test_values_are_read_from_left_to_right(self):
        self.browser_js("/odoo", READ, "odoo.isReady === true", login="t_fa")
