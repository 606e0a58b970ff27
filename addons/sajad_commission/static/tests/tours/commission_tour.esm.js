import { registry } from "@web/core/registry";

const decide = (student, decision, text) => [
    {
        content: `Open the line of ${student}`,
        trigger: `div[name=item_ids] .o_data_row:contains(${student}) td[name=decision]`,
        run: "click",
    },
    {
        content: `Choose ${decision}`,
        trigger: "div[name=item_ids] .o_selected_row div[name=decision] input",
        run: "click",
    },
    {
        content: "The decisions are listed, and the list is ready",
        trigger: ".o_select_menu_item.focus",
    },
    {
        content: `Take ${decision}`,
        trigger: `.o_select_menu_item:contains(${decision})`,
        run: "click",
    },
    {
        content: "The list is closed",
        trigger: "body:not(:has(.o_select_menu_item))",
    },
    {
        content: "Text of the decision",
        trigger: "div[name=item_ids] .o_selected_row div[name=decision_text] textarea",
        run: `edit ${text}`,
    },
    {
        // a line that is still being written takes the choice of the next one with it
        content: `Leave the line of ${student}`,
        trigger: ".o_form_view .oe_title",
        run: "click",
    },
    {
        content: `${decision} is noted`,
        trigger: `div[name=item_ids]:not(:has(.o_selected_row)) .o_data_row:contains(${student}) td[name=decision]:contains(${decision})`,
    },
];

// The secretary fills the agenda, enters two decisions in one sitting and closes.
registry.category("web_tour.tours").add("sajad_commission_sitting", {
    steps: () => [
        {
            content: "Fill the agenda",
            trigger: "button[name=action_fill]",
            run: "click",
        },
        {
            content: "Two requests are on it",
            trigger: "div[name=item_ids] .o_data_row:nth-child(2)",
        },
        {
            content: "Begin the session",
            trigger: "button[name=action_open]",
            run: "click",
        },
        {
            content: "The session has a number",
            trigger: ".o_arrow_button_current[data-value=open]",
        },
        ...decide("t_student", "موافقت شد", "با دو نیم‌سال موافقت شد."),
        ...decide("t_international_0", "رد", "ظرفیت تکمیل است."),
        {
            content: "Who came: nobody is ticked before",
            trigger: ".o_notebook a[name=attendees]",
            run: "click",
        },
        {
            content: "Open the line of the member",
            trigger: "div[name=attendee_ids] .o_data_row td[name=name]",
            run: "click",
        },
        {
            content: "The member is not ticked: tick",
            trigger:
                "div[name=attendee_ids] .o_selected_row td[name=is_present] input:not(:checked)",
            run: "click",
        },
        {
            content: "The member was there",
            trigger: "div[name=attendee_ids] .o_selected_row td[name=is_present] input:checked",
        },
        {
            content: "Carry the decisions out",
            trigger: "button[name=action_close]",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal footer button.btn-primary",
            run: "click",
        },
        {
            content: "The session is closed",
            trigger: ".o_arrow_button_current[data-value=closed]",
        },
        {
            content: "Back to the agenda",
            trigger: ".o_notebook a[name=agenda]",
            run: "click",
        },
        {
            content: "Each decision has its letter",
            trigger:
                "div[name=item_ids] .o_data_row:nth-child(2) td[name=letter_number]:contains(/)",
        },
    ],
});

// The student reads the decision and objects to it.
registry.category("web_tour.tours").add("sajad_commission_appeal", {
    steps: () => [
        {
            content: "The letter is there",
            trigger: "#sajad_commission_letters a[href*='/letters/']",
        },
        {
            content: "Say why",
            trigger: "#sajad_appeal textarea[name=appeal_text]",
            run: "edit ظرفیت پس از جلسه اعلام شد.",
        },
        {
            content: "Send",
            trigger: "#sajad_appeal button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The appeal is a request of its own",
            trigger: "h1:contains(اعتراض)",
        },
    ],
});

// On a telephone each request of the agenda is a card that opens.
registry.category("web_tour.tours").add("sajad_commission_sitting_phone", {
    steps: () => [
        {
            content: "Nothing of the agenda lies outside of the screen",
            trigger: "div[name=item_ids] .o_kanban_record:contains(t_student)",
            run: ({ anchor }) => {
                const box = anchor.getBoundingClientRect();
                if (box.left < 0 || box.right > document.documentElement.clientWidth) {
                    throw new Error("the agenda is wider than the screen");
                }
            },
        },
        {
            content: "Open the request",
            trigger: "div[name=item_ids] .o_kanban_record:contains(t_student)",
            run: "click",
        },
        {
            content: "Enter the decision",
            trigger: ".modal div[name=decision_text] textarea",
            run: "edit با دو نیم‌سال موافقت شد.",
        },
        {
            content: "Save it",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The card says it",
            trigger:
                "body:not(:has(.modal)) div[name=item_ids] .o_kanban_record:contains(با دو نیم‌سال)",
        },
        {
            content: "Save the session",
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "Saved",
            trigger: ".o_form_saved",
        },
    ],
});
