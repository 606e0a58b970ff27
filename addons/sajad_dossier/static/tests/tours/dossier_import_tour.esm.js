import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

// The faculty's expert brings scans of many students; texts are Persian on purpose.

const choose = (name) => ({
    content: `Choose ${name}`,
    trigger: "div[name=file]",
    async run() {
        const answer = await fetch(`/sajad_dossier/tests/${name}`);
        const file = new File([await answer.blob()], name);
        await inputFiles("div[name=file] input[type=file]", [file]);
    },
});
const examine = [
    {
        content: "Its name is shown: it has arrived",
        trigger: "div[name=file] input.o_input:value(.zip)",
    },
    {
        content: "Have it examined",
        trigger: "button[name=action_check]:contains(بررسی):enabled",
        run: "click",
    },
];
const refuse = (text) => [
    {
        content: "It is said what is wrong",
        trigger: `.modal .o_error_dialog:contains(${text}), .modal-body:contains(${text})`,
    },
    {
        content: "Nothing has changed",
        trigger: ".modal-footer button:contains(بستن)",
        run: "click",
    },
    {
        content: "The form is there again",
        trigger: "body:not(:has(.modal)) div[name=file]",
    },
];

registry.category("web_tour.tours").add("sajad_dossier_bulk_examine", {
    steps: () => [
        {
            content: "The empty page says what this is",
            trigger: ".o_view_nocontent:contains(یک فایل زیپ)",
        },
        {
            content: "A new upload",
            trigger: ".o_list_button_add",
            run: "click",
        },
        choose("wrong.zip"),
        ...examine,
        ...refuse("این فایل زیپ نیست"),
        choose("empty.zip"),
        ...examine,
        ...refuse("فایلی در آن نیست"),
        choose("good.zip"),
        {
            content: "A pattern that names nobody",
            trigger: "div[name=pattern] input",
            run: "edit {document_type}",
        },
        ...examine,
        ...refuse("الگو باید"),
        {
            content: "The pattern of the office",
            trigger: "div[name=pattern] input",
            run: "edit {student_number}_{document_type}",
        },
        ...examine,
        {
            content: "Nothing was kept yet",
            trigger: ".alert-info:contains(هنوز چیزی ثبت نشده است)",
        },
        {
            content: "Who and what a file is",
            trigger: "div[name=line_ids] tr.o_data_row:contains(1001_birth.pdf):contains(شناسنامه)",
        },
        {
            content: "A name that is nobody's, and why",
            trigger: "div[name=line_ids] tr.text-danger:contains(کسی با شمارهٔ)",
        },
        {
            content: "Keep the good ones",
            trigger: "button[name=action_import]:contains(ثبت فایل‌های درست)",
            run: "click",
        },
        {
            content: "It goes on without the person",
            trigger: ".alert-info:contains(پس‌زمینه)",
        },
        {
            content: "A second click is not offered",
            trigger: "body:not(:has(button[name=action_import]))",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_dossier_bulk_look", {
    steps: () => [
        {
            content: "All is kept",
            trigger: ".o_arrow_button_current[data-value=done]",
        },
        {
            content: "Look at the files",
            trigger: "button[name=action_open_lines]",
            run: "click",
        },
        {
            content: "Those that were refused come first",
            trigger: ".o_list_view tr.o_data_row:contains(9999_birth.pdf)",
        },
        {
            content: "All of them",
            trigger: ".o_searchview .o_facet_remove",
            run: "click",
        },
        {
            content: "The good one is kept",
            trigger:
                ".o_list_view tr.o_data_row:contains(1001_birth.pdf) td[name=is_kept] input:checked",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_dossier_bulk_reverse", {
    steps: () => [
        {
            content: "Take all of it back",
            trigger: "button[name=action_reverse]",
            run: "click",
        },
        {
            content: "It is asked first, and can be left",
            trigger: ".modal:contains(از پرونده‌ها) .modal-footer .btn-secondary",
            run: "click",
        },
        {
            content: "Nothing has changed",
            trigger: "body:not(:has(.modal)) .o_arrow_button_current[data-value=done]",
        },
        {
            content: "Take it back indeed",
            trigger: "button[name=action_reverse]",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "It is taken back",
            trigger: ".o_arrow_button_current[data-value=reversed]",
        },
        {
            content: "A second time is not offered, nor is it kept again",
            trigger:
                "body:not(:has(button[name=action_reverse])):not(:has(button[name=action_import]))",
        },
        {
            content: "What it was stays to be read",
            trigger: "button[name=action_open_lines]",
            run: "click",
        },
        {
            content: "The files of the upload",
            trigger: ".o_list_view tr.o_data_row:contains(9999_birth.pdf)",
        },
    ],
});
