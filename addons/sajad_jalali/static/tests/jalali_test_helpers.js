import { beforeEach } from "@odoo/hoot";
import { mockDate } from "@odoo/hoot-mock";
import { defineParams, patchWithCleanup, serverState } from "@web/../tests/web_test_helpers";

export const TODAY = "2026-11-22"; // 1 Azar 1405

/** A Persian user in Tehran at noon of 1 Azar 1405. */
export function asPersianUser() {
    beforeEach(() => {
        patchWithCleanup(luxon.Settings, {
            defaultLocale: "fa-IR",
            defaultNumberingSystem: "latn",
        });
        defineParams({
            lang: "fa_IR",
            lang_parameters: {
                date_format: "%Y/%m/%d",
                time_format: "%H:%M:%S",
                week_start: 6,
                direction: "rtl",
            },
        });
        serverState.lang = "fa_IR";
        mockDate(`${TODAY} 12:00:00`, +3.5);
    });
}
