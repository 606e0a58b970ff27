import { registry } from "@web/core/registry";
import { watchPrint } from "@sajad_report/../tests/watch_print.esm";

// An expert notes something of a student, who reads it; texts are Persian on purpose.

registry.category("web_tour.tours").add("sajad_dossier_note_write", {
    steps: () => [
        {
            content: "The notes of the dossier",
            trigger: ".o_notebook a.nav-link[name=notes]:contains(یادداشت‌ها)",
            run: "click",
        },
        {
            content: "Add one",
            trigger: "div[name=note_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "What kind of note it is",
            trigger: ".modal div[name=kind] input",
            run: "click",
        },
        {
            content: "The kinds are listed, and the list is ready",
            trigger: ".o_select_menu_item.focus",
        },
        {
            content: "It says where a paper lies",
            trigger: ".o_select_menu_item:contains(نشانی مدرک)",
            run: "click",
        },
        {
            content: "The list is closed",
            trigger: "body:not(:has(.o_select_menu_item))",
        },
        {
            content: "What is noted",
            trigger: ".modal div[name=text] textarea",
            run: "edit اصل دانشنامه در بایگانی، جعبه ۱۲",
        },
        {
            content: "The student reads it",
            trigger: ".modal div[name=is_for_student] input",
            run: "click",
        },
        {
            content: "Add it",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "Keep it",
            trigger: "body:not(:has(.modal)) .o_form_button_save",
            run: "click",
        },
        {
            content: "It is noted, for good",
            trigger:
                "body:not(:has(.o_form_status_indicator_buttons:not(.invisible))) div[name=note_ids] tr.o_data_row:contains(جعبه ۱۲):contains(نشانی مدرک):not(:has(.o_list_record_remove))",
        },
    ],
});

// Whoever only makes them has a button to save them as well.
function writeNew(name, text, done) {
    return [
        {
            content: "Whose dossier it is about",
            trigger: ".o_form_view div[name=dossier_id] input",
            run: "edit 1001",
        },
        {
            content: "It is found",
            trigger: ".o-autocomplete--dropdown-item:contains(1001)",
            run: "click",
        },
        {
            content: "What is written",
            trigger: `.o_form_view div[name=${name}] :is(input, textarea)`,
            run: `edit ${text}`,
        },
        ...done,
        {
            content: "Save it",
            trigger: ".o_control_panel .o_form_button_save",
            run: "click",
        },
        {
            content: "It is there, and nobody writes it any more",
            trigger: `.o_form_view:has(.o_form_saved) div[name=${name}]:not(:has(input, textarea)):contains(${text})`,
        },
    ];
}

registry.category("web_tour.tours").add("sajad_dossier_note_new", {
    steps: () => writeNew("text", "جعبه ۱۲", []),
});

registry.category("web_tour.tours").add("sajad_dossier_stay_new", {
    steps: () =>
        writeNew("number", "1405/12", [
            {
                content: "Why",
                trigger: ".o_form_view div[name=reason] textarea",
                run: "edit دادگاه",
            },
        ]),
});

registry.category("web_tour.tours").add("sajad_dossier_note_read", {
    steps: () => [
        {
            content: "What the office noted for the student",
            trigger:
                "#sajad_dossier_notes:contains(یادداشت واحدها):contains(نشانی مدرک):contains(جعبه ۱۲)",
        },
        {
            content: "What it noted for itself is not there",
            trigger: "#sajad_dossier_notes:not(:contains(تلفنی))",
        },
    ],
});

// The list of notes, and the sheet that is printed of it.
registry.category("web_tour.tours").add("sajad_dossier_note_report", {
    steps: () => [
        {
            content: "The notes of the own faculty",
            trigger: ".o_list_view tr.o_data_row:contains(1001):contains(کسری مدارک)",
        },
        {
            content: "Those of others are not listed",
            trigger: ".o_list_view:not(:contains(3001))",
        },
        {
            content: "Print",
            trigger: ".o_control_panel button:contains(چاپ…)",
            run: "click",
        },
        {
            content: "A year of which nothing is noted",
            trigger: ".modal div[name=entry_year] input",
            run: "edit 1300",
        },
        {
            content: "Print it",
            trigger: ".modal footer button[name=action_print]:contains(چاپ)",
            run: "click",
        },
        {
            content: "It is said that there is nothing",
            trigger: ".modal-body:contains(چنین توضیحی ثبت نشده است)",
        },
        {
            content: "Back to the question",
            trigger:
                ".modal:has(.o_error_dialog) .modal-footer button, .modal-footer button:contains(بستن)",
            run: "click",
        },
        {
            content: "The year of the students",
            trigger:
                "body:not(:has(.modal-body:contains(چنین توضیحی))) .modal div[name=entry_year] input",
            run: "edit 1399",
        },
        {
            content: "Print it now",
            trigger: ".modal footer button[name=action_print]",
            run(helpers) {
                watchPrint();
                return helpers.click();
            },
        },
        {
            content: "A PDF came",
            trigger: "body[data-printed*=pdf]",
        },
    ],
});
