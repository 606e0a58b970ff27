import { registry } from "@web/core/registry";

const day = (number) =>
    `.o_datetime_picker .o_date_item_cell:not(.o_out_of_range):contains(/^${number}$/)`;

registry.category("web_tour.tours").add("sajad_jalali_tour", {
    steps: () => [
        {
            content: "the list shows Jalali dates",
            trigger: ".o_data_row:contains(30 آبان):first",
        },
        { trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_filter_menu .o_accordion_toggle:contains(Day)", run: "click" },
        {
            content: "filter by Aban",
            trigger: ".o_filter_menu .o_item_option:contains(آبان)",
            run: "click",
        },
        { trigger: ".o_facet_value:contains(آبان 1405)" },
        { trigger: "body:not(:has(.o_data_row:eq(1)))" },
        { content: "by Azar too", trigger: ".o_item_option:contains(آذر)", run: "click" },
        { trigger: ".o_data_row:eq(1)" },
        { trigger: ".o_group_by_menu .o_accordion_toggle:contains(Month)", run: "click" },
        {
            content: "group by month",
            trigger: ".o_group_by_menu .o_item_option:eq(2)",
            run: "click",
        },
        { trigger: ".o_group_header:contains(آبان 1405)" },
        { trigger: ".o_group_header:contains(آذر 1405)", run: "click" },
        { trigger: ".o_data_row:contains(1 آذر) .o_data_cell", run: "click" },
        {
            content: "type a date with Persian digits",
            trigger: ".o_field_widget[name=name] button, .o_field_widget[name=name] input",
            run: "click",
        },
        { trigger: ".o_field_widget[name=name] input", run: "edit ۱۴۰۵/۰۲/۳۱ && press Enter" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved .o_field_widget[name=name]:contains(31 اردیبهشت)" },
        {
            content: "a day that does not exist is refused, the old one stays",
            trigger: ".o_field_widget[name=name] button, .o_field_widget[name=name] input",
            run: "click",
        },
        { trigger: ".o_field_widget[name=name] input", run: "edit 1405/12/30 && press Enter" },
        { trigger: ".o_notification:contains(1405/12/30)" },
        { trigger: ".o_field_widget[name=name]:contains(31 اردیبهشت)" },
        {
            content: "pick 30 Esfand 1403",
            trigger: ".o_field_widget[name=name] button, .o_field_widget[name=name] input",
            run: "click",
        },
        { trigger: ".o_datetime_picker_header .o_zoom_out:contains(اردیبهشت 1405)", run: "click" },
        { trigger: ".o_datetime_picker_header .o_previous", run: "click" },
        { trigger: ".o_datetime_picker_header .o_previous", run: "click" },
        { trigger: day("اسفند"), run: "click" },
        { trigger: day(30), run: "click" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved .o_field_widget[name=name]:contains(30 اسفند 1403)" },
    ],
});
