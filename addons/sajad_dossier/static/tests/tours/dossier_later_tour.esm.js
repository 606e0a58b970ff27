import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

// Papers that come during the study, and bulk verification; texts are Persian on purpose.

/** A page with a line on it; each length of the line is another file. */
const makePdf = (name, length) => {
    const pen = `50 50 m ${length} 700 l S    `;
    const text = [
        "%PDF-1.4",
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj",
        `4 0 obj<</Length ${pen.length}>>stream\n${pen}\nendstream endobj`,
        "trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n",
    ].join("\n");
    return new File([text], name, { type: "application/pdf" });
};

const choose = (name, length) => [
    {
        content: `Choose ${name}`,
        trigger: ".modal div[name=file]",
        async run() {
            await inputFiles(".modal div[name=file] input[type=file]", [makePdf(name, length)]);
        },
    },
    {
        content: "It has arrived",
        trigger: `.modal div[name=file]:contains(${name}), .modal div[name=file] input:value(${name})`,
    },
    {
        content: "Add it",
        trigger: ".modal button[name=action_add]:enabled",
        run: "click",
    },
];

registry.category("web_tour.tours").add("sajad_dossier_later", {
    steps: () => [
        {
            content: "A letter of the study",
            trigger: "button:contains(افزودن مدرک)",
            run: "click",
        },
        {
            content: "Look for its kind",
            trigger: ".modal div[name=type_id] input",
            run: "edit نامه یا فرم",
        },
        {
            content: "Choose it",
            trigger: ".modal .dropdown-item:contains(نامه یا فرم)",
            run: "click",
        },
        {
            content: "The description names it",
            trigger: ".modal div[name=name] input",
            run: "edit حکم مرخصی، نیم‌سال دوم",
        },
        ...choose("leave.pdf", 500),
        {
            content: "See the documents",
            trigger: "body:not(:has(.modal)) .o_notebook a[name=documents]",
            run: "click",
        },
        {
            content: "It lies in the dossier",
            trigger: "div[name=document_ids] tr.o_data_row:contains(حکم مرخصی)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_dossier_newer", {
    steps: () => [
        {
            content: "A better scan of it",
            trigger: "button:contains(فایل تازه)",
            run: "click",
        },
        {
            content: "It is said of which document",
            trigger: ".modal div[name=document_id]:contains(حکم مرخصی)",
        },
        ...choose("better.pdf", 400),
        {
            content: "Both versions are kept",
            trigger: "body:not(:has(.modal)) .o_notebook a[name=versions]",
            run: "click",
        },
        {
            content: "The newer one comes first",
            trigger: "div[name=version_ids] tr.o_data_row:first:contains(better.pdf)",
        },
        { trigger: "div[name=version_ids] tr.o_data_row:contains(leave.pdf)" },
        {
            content: "It is of somebody else",
            trigger: "button:contains(حذف…)",
            run: "click",
        },
        {
            content: "Why",
            trigger: ".modal div[name=reason] textarea",
            run: "edit متعلق به دانشجوی دیگری است",
        },
        {
            content: "Delete it",
            trigger: ".modal button[name=action_apply].btn-danger",
            run: "click",
        },
        {
            content: "It is gone, and can be restored",
            trigger: "body:not(:has(.modal)) button[name=action_restore]",
            run: "click",
        },
        {
            content: "It is there again",
            trigger: "button:contains(حذف…)",
        },
        { trigger: "body:not(:has(button[name=action_restore]))" },
    ],
});

registry.category("web_tour.tours").add("sajad_dossier_find", {
    steps: () => [
        {
            content: "What it is called is enough, in any spelling",
            trigger: ".o_searchview_input",
            run: "edit مرخصي",
        },
        {
            content: "Search",
            trigger: ".o_searchview_autocomplete .dropdown-item:first",
            run: "click",
        },
        {
            content: "It is found, and nothing else",
            trigger: ".o_list_view tr.o_data_row:only-child:contains(حکم مرخصی)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_dossier_verify_many", {
    steps: () => [
        {
            content: "What waits for the office",
            trigger: ".o_list_view tr.o_data_row:contains(بررسی‌شده در دانشکده)",
        },
        {
            content: "Choose all",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Verify them",
            trigger: "button[name=action_verify]:contains(/^تایید$/)",
            run: "click",
        },
        {
            content: "Nothing waits any more",
            trigger: "body:not(:has(.o_data_row)) .o_list_view",
        },
    ],
});
