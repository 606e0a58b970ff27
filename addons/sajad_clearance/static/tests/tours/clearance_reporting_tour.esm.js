import { registry } from "@web/core/registry";
import { watchPrint } from "@sajad_report/../tests/watch_print.esm";

// The reporting officer: the bottlenecks, a pivot, and the printed report.
registry.category("web_tour.tours").add("sajad_clearance_reporting", {
    steps: () => [
        {
            content: "The card of the library says how many wait and has its trend",
            trigger:
                ".o_sajad_bottlenecks .o_kanban_record:contains(خوارزمی):contains(۳):has(canvas), .o_sajad_bottlenecks .o_kanban_record:contains(خوارزمی):contains(3):has(canvas)",
            run: "click",
        },
        {
            content: "Its open work is listed, without names of students",
            trigger: ".o_list_view .o_data_row:eq(2)",
        },
        {
            content: "Reports",
            trigger:
                ".o_menu_sections button[data-menu-xmlid='sajad_base.sajad_base_menu_reporting']",
            run: "click",
        },
        {
            content: "How long offices take",
            trigger:
                ".dropdown-item[data-menu-xmlid='sajad_statistics.sajad_statistics_menu_stat_day']",
            run: "click",
        },
        {
            content: "The columns are measures, which fit the screen",
            trigger: ".o_pivot th.o_pivot_measure_row",
        },
        {
            content: "Rows are offices",
            trigger: ".o_pivot tbody th:contains(کارشناس بخش)",
        },
        {
            content: "Reports",
            trigger:
                ".o_menu_sections button[data-menu-xmlid='sajad_base.sajad_base_menu_reporting']",
            run: "click",
        },
        {
            content: "Print",
            trigger:
                ".dropdown-item[data-menu-xmlid='sajad_statistics.sajad_statistics_menu_stat_print']",
            run: "click",
        },
        {
            content: "The own university is there",
            trigger: ".modal div[name=university_id] input:value(Test University)",
        },
        {
            content: "Print it",
            trigger: ".modal footer button[name=action_print]",
            run(helpers) {
                watchPrint();
                return helpers.click();
            },
        },
        {
            content: "A PDF came",
            trigger: "body[data-printed='application/pdf']",
        },
    ],
});
