import { registry } from "@web/core/registry";

// a page that can be read to its end
const PDF_PAGE =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n" +
    "trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n";

registry.category("web_tour.tours").add("sajad_clearance_hold_plan", {
    url: "/odoo/sajad-inbox",
    steps: () => [
        {
            content: "The card tells the debt",
            trigger: ".o_kanban_record:contains(t_student):has(.o_sajad_hold_badge)",
            run: "click",
        },
        {
            content: "Approving is refused, with the amount",
            trigger: "button[name=action_approve]",
            run: "click",
        },
        {
            content: "The message names the debt",
            trigger: ".modal .modal-body:contains(48,000,000)",
        },
        {
            content: "Close the message",
            trigger: ".modal footer button.btn-primary",
            run: "click",
        },
        {
            content: "Agree on instalments",
            trigger:
                "body:not(:has(.modal)) div[name=hold_ids] button[name=action_decide]:contains(اقساط)",
            run: "click",
        },
        {
            content: "Twelve of them",
            trigger: ".modal div[name=instalment_count] input",
            run: "edit 12 && press Tab",
        },
        {
            content: "The plan is made",
            trigger: ".modal div[name=line_ids] tr.o_data_row:eq(11)",
        },
        {
            content: "Confirm",
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "The debt is in instalments",
            trigger: "body:not(:has(.modal)) div[name=hold_ids] .badge:contains(تقسیط)",
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

registry.category("web_tour.tours").add("sajad_clearance_hold_waive", {
    url: "/odoo/sajad-holds",
    steps: () => [
        {
            content: "The open debt of the office",
            trigger: ".o_list_view .o_data_row td[name=description]:contains(خوابگاه)",
            run: "click",
        },
        {
            content: "The amount is told in words",
            trigger: ".o_form_view div[name=amount_text]:contains(دوازده میلیون و پانصد هزار ریال)",
        },
        {
            content: "Waive it",
            trigger: ".o_form_statusbar button[name=action_decide]:contains(بخشودگی)",
            run: "click",
        },
        {
            content: "By whom",
            trigger: ".modal div[name=authority] input",
            run: "edit معاون دانشجویی",
        },
        {
            content: "Why",
            trigger: ".modal div[name=reason] textarea",
            run: "edit وضعیت معیشتی",
        },
        {
            content: "The letter",
            trigger: ".modal div[name=proof_ids] input[type=file]:not(:visible)",
            run: () => {
                const input = document.querySelector(".modal div[name=proof_ids] input[type=file]");
                const text = PDF_PAGE;
                const transfer = new DataTransfer();
                transfer.items.add(new File([text], "letter.pdf", { type: "application/pdf" }));
                input.files = transfer.files;
                input.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "The letter is there",
            trigger: ".modal div[name=proof_ids] .o_attachment:contains(letter)",
        },
        {
            content: "Confirm",
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "It is waived, and the letter is kept",
            trigger: "body:not(:has(.modal)) .o_form_view div[name=authority]:contains(معاون)",
        },
        {
            content: "The letter can be opened",
            trigger: ".o_form_view div[name=proof_ids] .o_attachment:contains(letter)",
        },
    ],
});
