import { registry } from "@web/core/registry";

// A support request travels from portal to rating; texts are Persian on purpose.

const write = (text, outcome, state) => [
    {
        content: "Answer the request that is open",
        trigger: "button[name=action_support_answer]:contains(پاسخ)",
        // the form is the first page that is opened
        timeout: 30000,
        run: "click",
    },
    {
        content: "Write",
        trigger: ".modal div[name=body] textarea",
        run: `edit ${text}`,
    },
    {
        content: "What becomes of it",
        trigger: `.modal div[name=outcome] input[data-value=${outcome}]`,
        run: "click",
    },
    {
        content: "Send",
        trigger: ".modal button[name=action_send]:contains(ارسال)",
        run: "click",
    },
    {
        content: "It stands where it belongs",
        trigger: `body:not(:has(.modal)) .o_statusbar_status button[aria-checked=true]:contains(${state})`,
    },
];

registry.category("web_tour.tours").add("sajad_helpdesk_expert_asks", {
    steps: () => write("کدام مرورگر؟", "wait", "در انتظار متقاضی"),
});

registry.category("web_tour.tours").add("sajad_helpdesk_expert_solves", {
    steps: () => write("پیوند تازه ارسال شد.", "solve", "حل‌شده"),
});

registry.category("web_tour.tours").add("sajad_helpdesk_close_and_reopen", {
    steps: () => [
        {
            content: "The answer is read",
            trigger: ".o_sajad_badge:contains(پاسخ داده شد)",
        },
        {
            content: "It helped",
            trigger: "#sajad_support_settle button:contains(درخواست بسته شود)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is closed",
            trigger: ".o_sajad_badge:contains(بسته‌شده)",
        },
        {
            content: "It did not help after all",
            trigger: "#sajad_support_settle summary",
            run: "click",
        },
        {
            content: "Say what is missing",
            trigger: "#reopen_text",
            run: "edit پیوند تازه هم باز نمی‌شود",
        },
        {
            content: "Open it again",
            trigger: "#sajad_support_settle details button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The expert has it again",
            trigger: ".alert-success:contains(دوباره)",
        },
        { trigger: ".o_sajad_badge:contains(در دست بررسی)" },
    ],
});

registry.category("web_tour.tours").add("sajad_helpdesk_rate", {
    steps: () => [
        {
            content: "A face",
            trigger: "#sajad_support_rating label:contains(خوب)",
            run: "click",
        },
        {
            content: "A remark",
            trigger: "#feedback",
            run: "edit این بار درست شد",
        },
        {
            content: "Rate",
            trigger: "#sajad_support_rating button[type=submit]:contains(ثبت امتیاز)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It was taken",
            trigger: ".alert-success:contains(سپاس)",
        },
        { trigger: "section bdi:contains(این بار درست شد)" },
    ],
});

// An expert sees that the promise is broken and lets the second line go on.
registry.category("web_tour.tours").add("sajad_helpdesk_escalate", {
    steps: () => [
        {
            content: "It is late",
            timeout: 30000,
            trigger: ".o_form_view div[name=sla_state]:contains(معوق)",
        },
        {
            content: "See the clocks",
            trigger: ".o_notebook a[name=clocks]:contains(مهلت‌های تعهد)",
            run: "click",
        },
        {
            content: "The first answer was promised",
            trigger: "div[name=sla_clock_ids] tr.text-danger td:contains(نخستین پاسخ)",
        },
        {
            content: "Refer it",
            trigger: "button[name=action_support_decide]:contains(ارجاع)",
            run: "click",
        },
        {
            content: "Look for the second line",
            trigger: ".modal div[name=target_stage_id] input",
            run: "edit خط دوم",
        },
        {
            content: "Choose it",
            trigger: ".modal .dropdown-item:contains(خط دوم)",
            run: "click",
        },
        {
            content: "Why",
            trigger: ".modal div[name=reason] textarea:visible",
            run: "edit در خط اول حل نشد",
        },
        {
            content: "Refer",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The second line has it",
            trigger: "body:not(:has(.modal)) div[name=support_line]:contains(خط دوم)",
        },
    ],
});

const PAY = "button[name=o_payment_submit_button]:not(:disabled)";

// A support request that costs something, from the portal to the receipt.
registry.category("web_tour.tours").add("sajad_helpdesk_pay", {
    steps: () => [
        {
            content: "Choose what it is about",
            trigger: "a.o_sajad_row:contains(گواهی آزمایشی)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The subject",
            trigger: "input[name=support_subject]",
            run: "edit گواهی مدت تحصیل",
        },
        {
            content: "What for",
            trigger: "textarea[name=note]",
            run: "edit برای صندوق رفاه",
        },
        {
            content: "Send",
            trigger: ".o_sajad_form button[type=submit].btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It has to be paid first",
            trigger: ".card:contains(دویست هزار ریال)",
        },
        {
            content: "The bank says yes",
            trigger: "#simulated_payment_state",
            run: "select done",
        },
        {
            content: "Pay",
            trigger: PAY,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The request was sent",
            trigger: ".o_sajad_payment_done:contains(درخواست شما ارسال شد)",
        },
        {
            content: "There is a receipt",
            trigger: "a.o_sajad_receipt:contains(رسید)",
        },
        {
            content: "See the request",
            trigger: "a.btn-primary[href*='/my/requests/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The desk has it",
            trigger: ".o_sajad_badge:contains(تازه)",
        },
        {
            content: "Its receipt stands there as well",
            trigger: "#sajad_request_fee a.o_sajad_receipt:contains(رسید)",
        },
    ],
});
