import { registry } from "@web/core/registry";

// An expert of the support desk answers a request; texts are Persian on purpose.

const open = [
    {
        content: "The request waits in the first column",
        trigger: ".o_kanban_group:contains(تازه) .o_kanban_record:contains(چاپ گواهی)",
        run: "click",
    },
];

registry.category("web_tour.tours").add("sajad_support_desk_answer", {
    steps: () => [
        ...open,
        {
            content: "Take it",
            trigger: "button[name=action_support_take]:contains(شروع رسیدگی)",
            run: "click",
        },
        {
            content: "It is in progress; answer it",
            trigger:
                ".o_arrow_button_current:contains(در دست بررسی), .o_statusbar_status button[aria-checked=true]:contains(در دست بررسی)",
        },
        {
            content: "Answer",
            trigger: "button[name=action_support_answer]:contains(پاسخ)",
            run: "click",
        },
        {
            content: "Look for a ready answer",
            trigger: ".modal div[name=reply_id] input",
            run: "edit حافظه",
        },
        {
            content: "Choose it",
            trigger: ".modal .dropdown-item:contains(پاک کردن حافظه)",
            run: "click",
        },
        {
            content: "Its places are filled in; it solves the request",
            trigger: ".modal div[name=body] textarea:value(t_student گرامی)",
        },
        {
            content: "Send",
            trigger: ".modal button[name=action_send]:contains(ارسال)",
            run: "click",
        },
        {
            content: "It is solved",
            trigger:
                "body:not(:has(.modal)) .o_statusbar_status button[aria-checked=true]:contains(حل‌شده)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_support_phone", {
    steps: () => [
        ...open,
        {
            content: "The answer is the first button",
            trigger: "button[name=action_support_answer]",
            run: "click",
        },
        {
            content: "Write",
            trigger: ".modal div[name=body] textarea",
            run: "edit لطفا نام صفحه را بنویسید.",
        },
        {
            content: "Wait for the requester",
            trigger: ".modal div[name=outcome] label:contains(انتظار برای متقاضی)",
            run: "click",
        },
        {
            content: "Send",
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            content: "It waits",
            trigger: "body:not(:has(.modal)) .o_statusbar_status:contains(در انتظار متقاضی)",
        },
    ],
});
