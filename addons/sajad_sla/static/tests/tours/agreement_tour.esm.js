import { registry } from "@web/core/registry";

// a date of this year is written with its month and without its year
const MONTHS = /فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|\d{4}\/\d/;

// An agreement is edited as a new version and published; texts are Persian on purpose.

registry.category("web_tour.tours").add("sajad_sla_publish", {
    steps: () => [
        {
            content: "What is in force is edited as a new version",
            trigger: "button[name=action_new_version]:contains(ویرایش در نسخه تازه)",
            run: "click",
        },
        {
            content: "It is a draft",
            trigger: ".o_statusbar_status button.o_arrow_button_current:contains(پیش‌نویس)",
        },
        {
            content: "Say why",
            trigger: "div[name=note] input",
            run: "edit مهلت بیشتر",
        },
        {
            content: "Open the goal",
            trigger: "div[name=text_ids] td[name=name]:contains(هدف)",
            run: "click",
        },
        {
            content: "Write another one",
            trigger: ".modal div[name=body] textarea",
            run: "edit هدف تازه این توافقنامه",
        },
        {
            content: "Keep it",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "It reads as typed",
            trigger: "div[name=text_ids] td[name=filled]:contains(هدف تازه)",
        },
        {
            content: "Publish",
            trigger: "button[name=action_publish]",
            run: "click",
        },
        {
            content: "Be sure",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "It is in force",
            trigger: ".o_statusbar_status button.o_arrow_button_current:contains(در حال اجرا)",
        },
        {
            content: "Look at what changed",
            trigger: "button[name=action_compare]",
            run: "click",
        },
        {
            content: "The new words are marked",
            trigger: ".modal ins:contains(تازه)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_sla_agreement_read", {
    steps: () => [
        {
            content: "The page of the service names the version in force",
            trigger: "#sajad_agreement:contains(نسخه 2)",
        },
        {
            content: "Read it",
            trigger: "#sajad_agreement a:contains(خواندن توافقنامه)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It says what was published",
            trigger: ".o_sajad_lines:contains(هدف تازه این توافقنامه)",
        },
        {
            content: "What was in force before is still there",
            trigger: "#sajad_agreement_versions a:contains(نسخه 1)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "And says that a later one took its place",
            trigger: ".o_sajad_replaced a",
        },
        {
            content: "The new words are not in it",
            trigger: "body:not(:contains(هدف تازه این توافقنامه))",
        },
    ],
});

// What was promised stands on the forms of requests and of work.
registry.category("web_tour.tours").add("sajad_sla_clocks", {
    steps: () => [
        {
            content: "The request is late",
            timeout: 30000,
            trigger: ".o_form_view div[name=sla_state]:contains(معوق)",
        },
        {
            content: "Until when it was promised, by the Jalali calendar",
            trigger: ".o_form_view div[name=sla_deadline]",
            run({ anchor }) {
                if (!MONTHS.test(anchor.textContent)) {
                    throw new Error(`no Jalali date: ${anchor.textContent}`);
                }
            },
        },
        {
            content: "See the clocks",
            trigger: ".o_notebook a[name=clocks]:contains(مهلت‌های تعهد)",
            run: "click",
        },
        {
            content: "The first answer is late",
            trigger: "div[name=sla_clock_ids] .text-danger:contains(نخستین پاسخ)",
        },
        {
            content: "The result is not",
            trigger: "div[name=sla_clock_ids]:contains(نتیجه نهایی)",
        },
    ],
});
