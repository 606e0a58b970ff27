import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

// a page that can be read to its end
const PDF_PAGE =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n" +
    "trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n";

const fill = (scope, name, value) => ({
    content: `Fill in ${name}`,
    trigger: `${scope} div[name=${name}] input`,
    run: `edit ${value}`,
});

const introduce = (scope, person) => [
    fill(scope, "person_name", person.name),
    fill(scope, "national_id", person.number),
    fill(scope, "mobile", "09120000012"),
    fill(scope, "email", person.email),
    fill(scope, "position", "کارشناس"),
];

// The Organization opens a university and names its liaison.
registry.category("web_tour.tours").add("sajad_base_open_university", {
    steps: () => [
        {
            content: "Name of the university",
            trigger: "div[name=name] input",
            run: "edit دانشگاه نوپدید",
        },
        fill(".o_form_view", "code", "NUP"),
        {
            content: "Add a faculty",
            trigger: "div[name=faculty_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "Name of the faculty",
            trigger: "div[name=faculty_ids] .o_selected_row div[name=name] input",
            run: "edit دانشکده علوم",
        },
        {
            content: "Code of the faculty",
            trigger: "div[name=faculty_ids] .o_selected_row div[name=code] input",
            run: "edit 1",
        },
        ...stepUtils.saveForm(),
        {
            content: "Appoint a liaison",
            trigger: ".o_statusbar_buttons button:contains(رابط)",
            run: "click",
        },
        ...introduce(".modal", {
            name: "رابط نوپدید",
            number: "9990003017",
            email: "liaison@nup.example",
        }),
        {
            content: "Appoint and invite",
            trigger: ".modal button[name=action_appoint]",
            run: "click",
        },
        {
            content: "The university has its liaison",
            trigger: "body:not(:has(.modal)) div[name=liaison_ids] .o_tag",
        },
    ],
});

// The liaison asks for the cartable of an office that nobody holds.
registry.category("web_tour.tours").add("sajad_base_ask_for_cartable", {
    steps: () => [
        {
            content: "Ask for the first office without anyone",
            trigger: ".o_data_row:contains(nu_one) button[name=action_ask]",
            run: "click",
        },
        ...introduce(".o_form_view", {
            name: "کارشناس نوپدید",
            number: "9990003025",
            email: "expert@nup.example",
        }),
        {
            content: "Attach the appointment letter",
            trigger: "div[name=letter] input[type=file]:not(:visible)",
            async run() {
                const file = new File([PDF_PAGE], "letter.pdf", {
                    type: "application/pdf",
                });
                await inputFiles("div[name=letter] input[type=file]", [file]);
            },
        },
        {
            content: "The letter is there",
            trigger: "div[name=letter] .o_clear_file_button",
        },
        {
            content: "Submit to the Organization",
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            content: "It was submitted",
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});

// The Organization approves what was asked for, several at once.
registry.category("web_tour.tours").add("sajad_base_approve_cartables", {
    steps: () => [
        {
            content: "The requests of the new university",
            trigger: ".o_data_row:contains(نوپدید) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "And the other",
            trigger:
                ".o_data_row:not(.o_data_row_selected):contains(نوپدید) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Approve both",
            trigger: ".o_control_panel button[name=action_approve]",
            run: "click",
        },
        {
            content: "One line per request says what happened",
            trigger: ".modal .o_data_row:nth-child(2)",
        },
        {
            content: "Close",
            trigger: ".modal footer button.btn-primary:visible",
            run: "click",
        },
        {
            content: "Back in the list",
            trigger: "body:not(:has(.modal)) .o_list_view",
        },
    ],
});

// The new expert finds the student's work and approves it.
registry.category("web_tour.tours").add("sajad_base_first_decision", {
    steps: () => [
        {
            content: "Open the work",
            trigger: ".o_kanban_record:contains(Student 14050001)",
            run: "click",
        },
        {
            content: "Approve",
            trigger: "button[name=action_approve]",
            run: "click",
        },
        {
            content: "Done",
            trigger: "button[name=action_undo]",
        },
    ],
});
