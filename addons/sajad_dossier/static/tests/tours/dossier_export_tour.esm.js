import { registry } from "@web/core/registry";

// A dossier is taken out by its expert and by its student; texts are Persian on purpose.

registry.category("web_tour.tours").add("sajad_dossier_print", {
    steps: () => [
        {
            content: "Print the dossier",
            trigger: "button[name=action_print]:contains(چاپ به شکل PDF)",
            run: "click",
        },
        {
            content: "What was taken out is written down",
            trigger: ".o_notebook a.nav-link:contains(خروجی‌ها)",
            run: "click",
        },
        {
            content: "The PDF is there to be downloaded again",
            trigger:
                "div[name=export_ids] tr.o_data_row:contains(PDF) button[name=action_download]",
        },
        {
            content: "Make an archive as well",
            trigger: "button[name=action_seal]:contains(بایگانی مهرشده)",
            run: "click",
        },
        {
            content: "It has a seal",
            trigger: "div[name=export_ids] tr.o_data_row:contains(بایگانی مهرشده)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_dossier_take_out", {
    steps: () => [
        {
            content: "The dossier offers a copy",
            trigger: "section:contains(همراه خودتان ببرید)",
        },
        {
            content: "Take the archive",
            trigger: "button[name=kind][value=archive]:contains(بایگانی مهرشده)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is ready",
            trigger: ".alert-success:contains(نسخه شما آماده است)",
        },
        {
            content: "It can be downloaded",
            trigger: "a.o_sajad_export:contains(بایگانی مهرشده)",
        },
    ],
});
