import { registry } from "@web/core/registry";

// A student pays a debt with the demo provider; texts are Persian on purpose.

registry.category("web_tour.tours").add("sajad_hold_pay", {
    url: "/my",
    steps: () => [
        {
            content: "Open my debts",
            trigger: ".o_portal_docs a[href='/my/holds']:contains(بدهی‌های من)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open the fine",
            trigger: ".o_sajad_hold_open a:contains(جریمه دیرکرد)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The amount is written in words",
            trigger: ".o_sajad_next:contains(پانصد هزار ریال)",
        },
        {
            content: "Pay all that is left",
            trigger: "a.o_sajad_pay:contains(پرداخت کل مانده)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The bank fails first",
            trigger: "#simulated_payment_state",
            run: "select error",
        },
        {
            content: "Pay",
            trigger: "button[name=o_payment_submit_button]:not(:disabled)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Nothing was recorded; try again",
            trigger: ".o_sajad_payment_error:contains(پرداخت ناموفق بود)",
        },
        {
            content: "Try again",
            trigger: "a[href*='/my/holds/pay']:contains(تلاش دوباره)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It works this time",
            trigger: "#simulated_payment_state",
            run: "select done",
        },
        {
            content: "Pay again",
            trigger: "button[name=o_payment_submit_button]:not(:disabled)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The payment was received",
            trigger: ".o_sajad_payment_done:contains(پرداخت شما دریافت شد)",
        },
        {
            content: "There is a receipt",
            trigger: "a.o_sajad_receipt:contains(رسید)",
        },
        {
            content: "Back to the debts",
            trigger: "a.btn[href='/my/holds']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is settled",
            trigger: ".o_sajad_hold_settled:contains(جریمه دیرکرد):contains(تسویه‌شده)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_hold_approve", {
    url: "/odoo/sajad-inbox",
    steps: () => [
        {
            content: "The inbox shows the work to do",
            trigger: ".o_kanban_record:contains(t_student)",
            run: "click",
        },
        {
            content: "Approve",
            trigger: "button[name=action_approve]",
            run: "click",
        },
        {
            content: "Done, and can be undone for a while",
            trigger: "button[name=action_undo]",
        },
    ],
});
