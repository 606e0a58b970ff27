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
            content: "What is no number is marked and stays as it was typed",
            trigger: ".o_field_widget[name=entry_year] input",
            run: "edit abc && press Tab",
        },
        {
            content: "Numbers of every script are read",
            trigger: ".o_field_widget[name=entry_year].o_field_invalid input:value(abc)",
            run: "edit 14۰۱ && press Tab",
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
        {
            content: "And so is the year",
            trigger: ".o_field_widget[name=entry_year] input:value(1401)",
        },
    ],
});
