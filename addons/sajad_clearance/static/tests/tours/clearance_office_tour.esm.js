import { registry } from "@web/core/registry";

const openInbox = (name) => [
    {
        content: "The inbox shows the work to do",
        trigger: `.o_kanban_record:contains(${name})`,
        run: "click",
    },
    {
        content: "The work is open",
        trigger: ".o_form_view .oe_title h1",
    },
];

registry.category("web_tour.tours").add("sajad_clearance_department", {
    url: "/odoo/sajad-inbox",
    steps: () => [
        ...openInbox("t_student"),
        {
            content: "Approving without the card is refused",
            trigger: "button[name=action_approve]",
            run: "click",
        },
        {
            content: "The message says that the card is missing",
            trigger: ".o_notification:contains(کارت دانشجویی)",
        },
        {
            content: "What an office is asked cannot be redesigned in its work",
            trigger: ".o_control_panel:has(.o_form_button_save):not(:has(.fa-cog))",
        },
        {
            content: "Record the card",
            trigger: "div[property-name=card_received] input[type=checkbox]",
            run: "click",
        },
        {
            content: "The form was checked",
            trigger: "div[property-name=form_checked] input[type=checkbox]",
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
        {
            content: "What was missing before is not said any more",
            trigger: "body:not(:has(.o_notification))",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_clearance_library_visit", {
    url: "/odoo/sajad-inbox",
    steps: () => [
        ...openInbox("t_student"),
        {
            content: "Require a visit",
            trigger: "button[name=action_decide]:contains(مراجعه)",
            run: "click",
        },
        {
            content: "Where",
            trigger: ".modal div[name=visit_place] input",
            run: "edit کتابخانه، طبقه همکف",
        },
        {
            content: "When",
            trigger: ".modal div[name=visit_time] input",
            run: "edit شنبه تا چهارشنبه ۸ تا ۱۴",
        },
        {
            content: "Why",
            trigger: ".modal div[name=visit_reason] textarea",
            run: "edit دو کتاب امانی نزد شماست",
        },
        {
            content: "Preliminary confirmation",
            trigger: ".modal footer button[name=action_apply]:contains(تایید اولیه)",
            run: "click",
        },
        {
            content: "The work stays here, with the student",
            trigger: ".o_form_view div[name=visit_place]:contains(طبقه همکف)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_clearance_nutrition_return", {
    url: "/odoo/sajad-inbox",
    steps: () => [
        ...openInbox("t_student"),
        {
            content: "Return to the student",
            trigger:
                "button[name=action_decide][context*=return_student], button[name=action_decide]:contains(بازگشت)",
            run: "click",
        },
        {
            content: "With a reason",
            trigger: ".modal div[name=reason] textarea",
            run: "edit کارت تغذیه را تحویل دهید",
        },
        {
            content: "Confirm",
            trigger: ".modal footer button[name=action_apply]:not(.d-none)",
            run: "click",
        },
        {
            content: "The reason is kept with the work",
            trigger: ".o_form_view div[name=return_reason]:contains(کارت تغذیه)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_clearance_board", {
    url: "/odoo/sajad-clearance-board",
    steps: () => [
        {
            content:
                "More than ten columns of departments stay open in other processes; here all ten do",
            trigger: ".o_kanban_renderer:has(.o_kanban_group:eq(9)):not(:has(.o_column_folded))",
        },
        {
            content: "The card lies in the column of the office",
            trigger:
                ".o_kanban_group:contains(کتابخانه خوارزمی) .o_kanban_record:contains(t_student)",
        },
        {
            content: "Cards are not dragged",
            trigger: ".o_kanban_renderer:not(:has(.o_draggable))",
        },
    ],
});
