import { registry } from "@web/core/registry";

// A student asks, is shown an answered question while typing, and goes on writing.
registry.category("web_tour.tours").add("sajad_support_ask", {
    steps: () => [
        {
            content: "Choose what it is about",
            trigger: "#sajad_line_technical a:contains(موضوع آزمایشی)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Write the subject",
            trigger: "input[name=support_subject]",
            run: "edit رمز عبورم را گم کرده‌ام",
        },
        {
            content: "An answered question fits",
            trigger: ".o_sajad_suggestions:not(.d-none) a:contains(رمز عبور)",
        },
        {
            content: "It does not help: say what happened",
            trigger: "textarea[name=note]",
            run: "edit پیوند بازنشانی نمی‌رسد",
        },
        {
            content: "Send",
            trigger: "button[type=submit]:contains(ارسال درخواست)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It arrived, and stands as new",
            trigger: ".o_sajad_badge:contains(تازه)",
        },
        { trigger: "#sajad_support_subject:contains(رمز عبورم)" },
    ],
});

// The expert waits for an answer.
registry.category("web_tour.tours").add("sajad_support_answer", {
    steps: () => [
        {
            content: "The question of the expert is read",
            trigger: ".o_sajad_next:contains(کدام مرورگر)",
        },
        {
            content: "Answer",
            trigger: "#answer",
            run: "edit فایرفاکس",
        },
        {
            content: "Send",
            trigger: "#answer_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The expert has it again",
            trigger: ".o_sajad_badge:contains(در دست بررسی)",
        },
    ],
});
