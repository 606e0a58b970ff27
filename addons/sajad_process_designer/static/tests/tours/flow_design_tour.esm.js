import { registry } from "@web/core/registry";

const STAGES = "div[name=stage_ids]";

const addStage = (name, role) => [
    {
        content: "Add a line",
        trigger: `${STAGES} .o_field_x2many_list_row_add a`,
        run: "click",
    },
    {
        content: `Name the stage ${name}`,
        trigger: `${STAGES} .o_selected_row div[name=name] input`,
        run: `edit ${name}`,
    },
    {
        content: `Type the role ${role}`,
        trigger: `${STAGES} .o_selected_row div[name=role_id] input`,
        run: `edit ${role}`,
    },
    {
        content: `Choose or create the role ${role}`,
        trigger: `.o-autocomplete--dropdown-item:contains(${role}):first`,
        run: "click",
    },
    {
        content: `The role ${role} is there`,
        trigger: `${STAGES} .o_selected_row div[name=role_id] input:value(${role})`,
    },
];

const openBox = (name) => [
    {
        content: `Open the box of ${name}`,
        trigger: `.o_sajad_flow_box:contains(${name})`,
        run: "click",
    },
    {
        content: `Its step opens`,
        trigger: `.modal div[name=stage_id] input:value(${name})`,
    },
];

const saveStep = () => [
    {
        content: "Save the step",
        trigger: ".modal .o_form_button_save",
        run: "click",
    },
    {
        content: "The dialog is gone",
        trigger: "body:not(:has(.modal))",
    },
];

// An administrator who has never seen code builds a process, tries and publishes it.
registry.category("web_tour.tours").add("sajad_process_designer_design_process", {
    url: "/odoo/sajad-processes/new",
    steps: () => [
        {
            content: "Name the process",
            trigger: "div[name=name] input, div[name=name] textarea",
            run: "edit وام آزمون",
        },
        { content: "Go to the stages", trigger: "a[name=stages]", run: "click" },
        ...addStage("بررسی مدارک", "نقش تازه آزمون"),
        ...addStage("خوابگاه آزمون", "Role build"),
        ...addStage("صندوق آزمون", "Role build"),
        {
            content: "Design the flow",
            trigger: "button[name=action_design]",
            run: "click",
        },
        {
            content: "The stages are drawn, one after the other",
            trigger: ".o_sajad_flow_canvas:has(.o_sajad_flow_box:eq(2))",
        },
        ...openBox("صندوق آزمون"),
        {
            content: "It no longer follows the dormitory",
            trigger: ".modal div[name=predecessor_ids] .o_tag .o_delete",
            run: "click",
        },
        {
            content: "It follows the first step",
            trigger: ".modal div[name=predecessor_ids] input",
            run: "edit بررسی",
        },
        {
            content: "Choose the first step",
            trigger: ".o-autocomplete--dropdown-item:contains(بررسی مدارک)",
            run: "click",
        },
        {
            content: "The first step is chosen",
            trigger: ".modal div[name=predecessor_ids] .o_tag:contains(بررسی مدارک)",
        },
        ...saveStep(),
        ...openBox("خوابگاه آزمون"),
        {
            content: "Add a rule",
            trigger:
                ".modal div[name=condition] .o_tree_editor button, .modal div[name=condition] .o_tree_editor a",
            run: "click",
        },
        {
            content: "Choose what the rule is about",
            trigger: ".modal div[name=condition] .o_model_field_selector",
            run: "click",
        },
        {
            content: "Search the dormitory",
            trigger: ".o_model_field_selector_popover_search input",
            run: "edit has_dormitory",
        },
        {
            content: "Choose the dormitory",
            trigger:
                ".o_model_field_selector_popover_item[data-name=has_dormitory] .o_model_field_selector_popover_item_name",
            run: "click",
        },
        {
            content: "The rule is read in words",
            trigger: ".modal div[name=condition_text]:not(:empty)",
        },
        ...saveStep(),
        {
            content: "The branch is drawn with its condition",
            trigger: ".o_sajad_flow_canvas:has(.o_sajad_flow_condition)",
        },
        {
            content: "Try it on a sample",
            trigger: "button.o_sajad_try",
            run: "click",
        },
        {
            content: "Search a student",
            trigger: ".modal div[name=student_id] input",
            run: "edit 1001",
        },
        {
            content: "Choose the student",
            trigger: ".o-autocomplete--dropdown-item:contains(t_student)",
            run: "click",
        },
        {
            content: "The dormitory is skipped",
            trigger: ".modal .o_sajad_flow_result_skip:contains(خوابگاه آزمون)",
        },
        {
            content: "Close the trial",
            trigger: ".modal footer button[special=cancel], .modal footer .btn-primary",
            run: "click",
        },
        {
            content: "Publish",
            trigger: "body:not(:has(.modal)) button[name=action_open_publish]",
            run: "click",
        },
        {
            content: "Read what it means and confirm",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "It is published",
            trigger: ".o_arrow_button_current[data-value=published]",
        },
    ],
});
