import { describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import {
    defineModels,
    defineParams,
    fields,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
    serverState,
    toggleMenuItem,
    toggleSearchBarMenu,
} from "@web/../tests/web_test_helpers";
import { asPersianUser } from "./jalali_test_helpers";

class Partner extends models.Model {
    date = fields.Date();
    moment = fields.Datetime();
}
defineModels([Partner]);

describe.current.tags("desktop");
asPersianUser();

const RANGES = {
    "month to date": "('date', '>=', 'today =1d')",
    "last month": "('date', '>=', 'today =1d -1m')",
    "year to date": "('date', '>=', 'today =1m =1d')",
    "last 12 months": "('date', '>=', 'today =1d -12m')",
    "last 7 days": "('date', '>=', 'today -7d')",
    "this month, with time": "('moment', '>=', 'today =1d')",
};

async function sentDomains() {
    onRpc("has_group", () => true);
    onRpc("web_search_read", ({ kwargs }) => expect.step(kwargs.domain[0]?.[2]));
    const filters = Object.entries(RANGES).map(
        ([name, leaf]) => `<filter name="${name}" string="${name}" domain="[${leaf}]"/><separator/>`
    );
    await mountView({
        type: "list",
        resModel: "partner",
        arch: `<list><field name="date"/></list>`,
        searchViewArch: `<search>${filters.join("")}</search>`,
    });
    expect.verifySteps([undefined]);
    await toggleSearchBarMenu();
    for (const name of Object.keys(RANGES)) {
        await toggleMenuItem(name);
        await animationFrame();
        await toggleMenuItem(name);
        await animationFrame();
    }
}

test("relative ranges of filters count Jalali months and years", async () => {
    await sentDomains();
    expect.verifySteps(
        [
            "2026-11-22", // 1 Azar 1405
            "2026-10-23", // 1 Aban 1405
            "2026-03-21", // 1 Farvardin 1405
            "2025-11-22", // 1 Azar 1404
            "today -7d",
            "2026-11-21 20:30:00",
        ].flatMap((value) => [value, undefined])
    );
});

test("relative ranges of English users are left to the server", async () => {
    serverState.lang = "en_US";
    defineParams({ lang: "en_US", lang_parameters: { direction: "ltr" } });
    patchWithCleanup(luxon.Settings, { defaultLocale: "en-US" });
    await sentDomains();
    expect.verifySteps(
        [
            "today =1d",
            "today =1d -1m",
            "today =1m =1d",
            "today =1d -12m",
            "today -7d",
            "today =1d",
        ].flatMap((value) => [value, undefined])
    );
});
