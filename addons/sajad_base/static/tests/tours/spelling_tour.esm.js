import { registry } from "@web/core/registry";

/** What people see of numbers and search: rows E1, E3. */
registry.category("web_tour.tours").add("sajad_base_spelling", {
    url: "/odoo/sajad-students",
    steps: () => [
        {
            content: "Search the student as an Arabic keyboard writes the name",
            trigger: ".o_searchview_input",
            run: "edit علي كريمي",
        },
        {
            content: "Look in names and numbers",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:first",
            run: "click",
        },
        {
            content: "One line is left",
            trigger: ".o_list_view:not(:has(.o_data_row:eq(1))) .o_data_cell:contains(علی کریمی)",
            run: "click",
        },
        {
            content: "The number is shown as people write it",
            trigger: ".o_field_widget[name=mobile] input:value(09121234567)",
            run: "edit ۰۹۳۵ ۱۲۳ ۴۵۶۷",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is kept in one spelling",
            trigger: ".o_form_saved .o_field_widget[name=mobile] input:value(09351234567)",
        },
    ],
});
