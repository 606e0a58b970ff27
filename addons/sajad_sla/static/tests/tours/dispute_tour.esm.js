import { registry } from "@web/core/registry";

// A dispute from opening to the final opinion; texts are Persian on purpose.

registry.category("web_tour.tours").add("sajad_sla_dispute_open", {
    steps: () => [
        {
            content: "The finished request offers a dispute",
            trigger: "#sajad_dispute a:contains(اعلام اختلاف)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What it is about",
            trigger: "textarea[name=claim]",
            run: "edit نامه من خوانده نشد",
        },
        {
            content: "What is asked for",
            trigger: "textarea[name=wish]",
            run: "edit نامه خوانده شود",
        },
        {
            content: "Open it",
            trigger: "button[type=submit]:contains(ثبت اختلاف)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Both sides negotiate",
            trigger: ".o_sajad_dispute_state:contains(در حال مذاکره)",
        },
        {
            content: "Write to the provider",
            trigger: "textarea[name=text]",
            run: "edit چه زمانی پاسخ می‌دهید؟",
        },
        {
            content: "Send it",
            trigger: "button[name=kind][value=message]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It stands in the history",
            trigger: ".o_sajad_entry_message:contains(چه زمانی)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_sla_dispute_decide", {
    steps: () => [
        {
            content: "The month is over",
            trigger: "button:contains(نظر نهایی…)",
            run: "click",
        },
        {
            content: "In whose favour",
            trigger: ".modal div[name=outcome] input[data-value=upheld]",
            run: "click",
        },
        {
            content: "Why",
            trigger: ".modal div[name=text] textarea",
            run: "edit حق با خدمت‌گیرنده است",
        },
        {
            content: "Record it",
            trigger: ".modal button[name=action_apply]:contains(ثبت نظر نهایی)",
            run: "click",
        },
        {
            content: "It is decided",
            trigger:
                ".o_statusbar_status button.o_arrow_button_current:contains(نظر نهایی اعلام شد)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_sla_dispute_read", {
    steps: () => [
        {
            content: "The request leads to its dispute",
            trigger: "#sajad_dispute a:contains(اختلاف)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The opinion comes first",
            trigger: ".o_sajad_next:contains(حق با خدمت‌گیرنده است)",
        },
        {
            content: "It can be printed",
            trigger: "a[href$='/paper']:contains(دریافت)",
        },
    ],
});
