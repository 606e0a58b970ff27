import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("sajad_base_inbox_empty", {
    url: "/odoo/sajad-inbox",
    steps: () => [
        {
            content: "Nothing waits",
            trigger: ".o_view_nocontent_smiling_face:contains(کاری)",
        },
    ],
});

const check = (name) => ({
    content: `Select ${name}`,
    trigger: `.o_data_row:contains(${name}) .o_list_record_selector input`,
    run: "click",
});

registry.category("web_tour.tours").add("sajad_base_inbox", {
    url: "/odoo/sajad-inbox",
    steps: () => [
        {
            content: "The work of today, as cards",
            trigger: ".o_kanban_record:contains(Person 31000)",
        },
        {
            content: "As a list",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            content: "Late work is first",
            trigger: ".o_data_row:first-child.text-danger:contains(Person 31000)",
        },
        {
            content: "Open the filters",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "Late ones only",
            trigger: ".o_filter_menu .o_menu_item:contains(معوق)",
            run: "click",
        },
        {
            content: "Three are late",
            trigger: ".o_list_view:not(:has(.o_data_row:nth-child(4):contains(Person)))",
        },
        check("Person 31000"),
        check("Person 31001"),
        check("Person 31002"),
        {
            content: "Decide on all of them",
            trigger: ".o_control_panel button[name=action_decide]",
            run: "click",
        },
        {
            content: "Three are decided on together",
            trigger: ".modal .alert-info:visible",
        },
        {
            content: "Approve",
            trigger: ".modal footer button[name=action_apply]:visible",
            run: "click",
        },
        {
            content: "The one that a colleague claimed stays, with the reason",
            trigger: ".modal .o_data_row.text-danger:contains(t_colleague)",
        },
        {
            content: "Two are done",
            trigger: ".modal .o_data_row.text-success:nth-child(3)",
        },
        {
            content: "Close",
            trigger: ".modal footer button[special=cancel]:visible",
            run: "click",
        },
        {
            content: "The claimed one is left",
            trigger:
                "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row:contains(Person 31000)))",
        },
        {
            content: "All work of today again",
            trigger: ".o_searchview_facet:nth-child(2) .o_facet_remove",
            run: "click",
        },
        {
            content: "Open one",
            trigger: ".o_data_row:contains(Person 31003) .o_data_cell[name=student_name]",
            run: "click",
        },
        {
            content: "It is open, and each button has its letter",
            trigger:
                ".o_form_view:contains(Person 31003) button[name=action_approve_next][data-hotkey=w]:visible",
            run: "press Alt+w",
        },
        {
            content: "The next one opens by itself",
            trigger: ".o_form_view .oe_title:contains(Person 31004)",
        },
        {
            content: "The way back is the list",
            trigger: ".o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "It is done there",
            trigger: ".o_list_view .o_data_row.text-muted:contains(Person 31003)",
        },
    ],
});
