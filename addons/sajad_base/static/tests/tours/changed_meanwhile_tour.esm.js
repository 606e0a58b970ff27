import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** What another window saves of the same work. */
function saveElsewhere() {
    const id = Number(location.pathname.split("/").pop());
    return rpc("/web/dataset/call_kw/sajad.task/write", {
        model: "sajad.task",
        method: "write",
        args: [[id], { properties: { remark: "Theirs" } }],
        kwargs: {},
    });
}

/** One form that somebody else fills in at the same time: row A10. */
registry.category("web_tour.tours").add("sajad_base_changed_meanwhile", {
    steps: () => [
        {
            content: "Fill in one answer",
            trigger: ".o_property_field[property-name=rooms] input",
            run: "edit ۴ && press Tab",
        },
        {
            content: "Meanwhile, in another window",
            trigger: ".o_property_field[property-name=rooms] input:value(4)",
            run: saveElsewhere,
        },
        {
            content: "Tick another",
            trigger: ".o_property_field[property-name=debt] input",
            run: "click",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            content: "What the other one typed is there",
            trigger: ".o_form_saved .o_property_field[property-name=remark] input:value(Theirs)",
        },
    ],
});
