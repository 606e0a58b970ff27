import { registry } from "@web/core/registry";

// A student applies and pays with the demo provider; texts are Persian on purpose.

const PAY = "button[name=o_payment_submit_button]:not(:disabled)";

registry.category("web_tour.tours").add("sajad_fee_pay", {
    url: "/my/services?audience=all",
    steps: () => [
        {
            content: "The catalogue tells the fee",
            trigger: ".o_sajad_service:contains(صدور المثنا) .o_sajad_fee:contains(ریال)",
        },
        {
            content: "Apply",
            trigger: ".o_sajad_service:contains(صدور المثنا) a.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Send the form",
            trigger: ".o_sajad_form button[type=submit].btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The amount is written in words",
            trigger: ".card:contains(پانصد هزار ریال) .o_sajad_total",
        },
        {
            content: "The bank fails first",
            trigger: "#simulated_payment_state",
            run: "select error",
        },
        {
            content: "Pay",
            trigger: PAY,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Nothing was recorded; see the request",
            trigger: ".o_sajad_payment_error:contains(پرداخت ناموفق بود)",
        },
        {
            content: "Look at my requests meanwhile",
            trigger: "a.btn-primary[href*='/my/requests/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The request waits for its payment",
            trigger: ".o_sajad_badge:contains(در انتظار پرداخت)",
        },
        {
            content: "Pay from there",
            trigger: "a.o_sajad_pay",
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
            content: "It is with its office, and paid",
            trigger: "#sajad_request_fee:contains(پرداخت‌شده)",
        },
    ],
});
