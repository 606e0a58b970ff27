import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const choose = (scope, text) => [
    {
        content: `Type ${text}`,
        trigger: `${scope} input`,
        run: `edit ${text}`,
    },
    {
        content: `Choose ${text}`,
        trigger: `.o-autocomplete--dropdown-item:contains(${text})`,
        run: "click",
    },
];

// The Organization opens a cartable and names who is in charge.
registry.category("web_tour.tours").add("sajad_base_open_cartable", {
    url: "/odoo/sajad-cartables/new",
    steps: () => [
        ...choose("div[name=role_id]", "Role tour_a"),
        ...choose("div[name=process_id]", "Process tour"),
        ...choose("div[name=university_id]", "Test University"),
        {
            content: "Add a member",
            trigger: "div[name=member_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...choose("div[name=member_ids] div[name=user_id]", "t_officer"),
        ...stepUtils.saveForm(),
    ],
});

// An administrator makes a new version of a published process and publishes it.
registry.category("web_tour.tours").add("sajad_base_new_version", {
    steps: () => [
        {
            content: "The version is published",
            trigger: ".o_arrow_button_current[data-value=published]",
        },
        {
            content: "Make a new one",
            trigger: "button[name=action_new_version]",
            run: "click",
        },
        {
            content: "It is a draft with the same steps",
            trigger:
                ".o_form_view:has(.o_arrow_button_current[data-value=draft]) div[name=step_ids] .o_data_row:eq(1)",
        },
        {
            content: "Publish it",
            trigger: "button[name=action_open_publish]",
            run: "click",
        },
        {
            content: "Confirm what it means",
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "It is published",
            trigger: ".o_arrow_button_current[data-value=published]",
        },
    ],
});
