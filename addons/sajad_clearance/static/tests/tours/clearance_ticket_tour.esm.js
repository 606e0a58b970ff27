import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const inbox = "/odoo/sajad-inbox";

const openWork = (name) => [
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

const approve = [
    {
        content: "Approve",
        trigger: ".o_statusbar_buttons button[name=action_approve]",
        run: "click",
    },
    {
        content: "Done, and can be undone for a while",
        trigger: ".o_statusbar_buttons button[name=action_undo]",
    },
];

const tick = (property) => ({
    content: "Fill in the form of the office",
    trigger: `div[property-name=${property}] input[type=checkbox]`,
    run: "click",
});

const choose = (property, answer) => ({
    content: answer,
    trigger: `div[property-name=${property}] select`,
    run: `selectByLabel ${answer}`,
});

const assignTo = (name) => [
    {
        content: "A head has no button to approve",
        trigger:
            ".o_statusbar_buttons:not(:has(button[name=action_approve])) button[name=action_assign]:contains(ارجاع)",
        run: "click",
    },
    {
        content: "The dialog tells how much each expert has",
        trigger: ".modal div[name=expert_ids] th[data-name=open_count]",
    },
    {
        content: "Pick the expert",
        trigger: `.modal .o_data_row:has(td[name=user_id]:contains(/${name}$/)) button[name=action_pick]`,
        run: "click",
    },
    {
        content: "The work shows who has it now",
        trigger: `.o_form_view:not(:has(.modal)) div[name=expert_id]:contains(${name})`,
    },
    {
        content: "It can be assigned anew or undone",
        trigger: ".o_statusbar_buttons:has(button[name=action_undo]) button[name=action_assign]",
    },
];

tours.add("sajad_clearance_ticket_education_head", {
    url: inbox,
    steps: () => [...openWork("t_student"), ...assignTo("t_education_expert_2")],
});

tours.add("sajad_clearance_ticket_give_back", {
    url: inbox,
    steps: () => [
        ...openWork("t_student"),
        {
            content: "Give it back to the head",
            trigger: "button[name=action_decide]:contains(بازگرداندن به مسئول)",
            run: "click",
        },
        {
            content: "With a reason",
            trigger: ".modal div[name=reason] textarea",
            run: "edit این دانشجو از بستگان من است",
        },
        {
            content: "Confirm",
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "It is no longer mine",
            trigger: "body:not(:has(.modal)) .o_form_view:not(:has(button[name=action_approve]))",
        },
    ],
});

tours.add("sajad_clearance_ticket_assign_many", {
    url: inbox + "?view_type=list",
    steps: () => [
        {
            content: "Two works wait for the head",
            trigger: ".o_data_row:eq(1)",
        },
        {
            content: "Choose all",
            trigger: "thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Assign them together",
            trigger: ".o_control_panel button[name=action_assign]",
            run: "click",
        },
        {
            content: "The proposal gives each expert one",
            trigger: ".modal div[name=expert_ids] .o_data_row:eq(1) td[name=share]:contains(1)",
        },
        {
            content: "Take the proposal",
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "Both are done",
            trigger: ".o_notification:contains(2)",
        },
        {
            content: "The list shows it",
            trigger: ".o_list_renderer:not(:has(td[name=state]:contains(در انتظار)))",
        },
    ],
});

tours.add("sajad_clearance_ticket_expert", {
    url: inbox,
    steps: () => [...openWork("t_student"), tick("form_complete"), ...approve],
});

tours.add("sajad_clearance_ticket_student_head", {
    url: inbox,
    steps: () => [...openWork("t_student"), ...assignTo("t_student_expert")],
});

tours.add("sajad_clearance_ticket_secretariat", {
    url: inbox,
    steps: () => [
        ...openWork("t_student"),
        ...approve,
        {
            content: "The request has its number",
            trigger: ".o_form_view div[name=registration_number]:contains(/0001|۰۰۰۱/)",
        },
    ],
});

tours.add("sajad_clearance_ticket_welfare", {
    url: inbox,
    steps: () => [
        ...openWork("t_student"),
        choose("debt", "بدهی ندارد"),
        {
            content: "The number of the form",
            trigger: "div[property-name=form_number] input",
            run: "edit ر-۱۲",
        },
        {
            content: "Its date",
            trigger: "div[property-name=form_date] input",
            run: "edit 2026-11-22 && press Tab",
        },
        ...approve,
    ],
});

tours.add("sajad_clearance_ticket_faculty", {
    url: inbox,
    steps: () => [
        ...openWork("t_student"),
        {
            content: "There is nothing to decide, only to see",
            trigger: ".o_statusbar_buttons button[name=action_approve]:contains(مشاهده شد)",
            run: "click",
        },
        {
            content: "Seen",
            trigger: ".o_form_view div[name=outcome]",
        },
    ],
});
