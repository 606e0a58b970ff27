import { registry } from "@web/core/registry";

// a page that can be read to its end
const PDF_PAGE =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n" +
    "trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n";

// The single window and "my requests" (rows A8, A9). Texts are Persian on purpose: the
// tours prove that a Persian visitor meets Persian pages.

registry.category("web_tour.tours").add("sajad_base_window_visitor", {
    url: "/services",
    steps: () => [
        {
            content: "Search as an Arabic keyboard writes",
            trigger: "input[name=search][placeholder='نام خدمت']",
            run: "edit كارت دانشجويي",
        },
        {
            content: "Look",
            trigger: ".o_sajad_filters button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "One service is left, under its heading; read its guide",
            trigger:
                ".o_sajad_group:contains(آموزش) article:contains(کارت دانشجویی):contains(رایگان) a:contains(راهنما)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The guide of students, not that of the staff",
            trigger: ".o_sajad_guide_body:contains(عکس خود را بیاورید)",
        },
        {
            content: "What one needs",
            trigger: "#sajad_attachments:contains(گذرنامه)",
        },
        {
            content: "Sign in to apply",
            trigger: "#sajad_sign_in:contains(ورود و ثبت درخواست)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Who",
            trigger: "input#login",
            run: "edit t_student",
        },
        {
            content: "The password",
            trigger: "input#password",
            run: "edit t_student",
        },
        {
            content: "In",
            trigger: ".oe_login_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The form, without what is required",
            trigger: ".o_sajad_form textarea[name=note]",
            run: "edit کارتم گم شده است",
        },
        {
            content: "Send",
            trigger: ".o_sajad_form .card-footer button[type=submit]:not([formaction])",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The document is missed at its place",
            trigger: ".o_sajad_attachment .invalid-feedback:contains(پیوست این مدرک الزامی است)",
        },
        {
            content: "What was typed is there; attach the document",
            trigger:
                ".o_sajad_form:has(textarea:value(کارتم گم شده است)) .o_sajad_attachment input[type=file]",
            run() {
                const transfer = new DataTransfer();
                const page = PDF_PAGE;
                transfer.items.add(new File([page], "scan.pdf", { type: "application/pdf" }));
                this.anchor.files = transfer.files;
                this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "The name of the file is read",
            trigger: ".o_sajad_file_list:contains(scan.pdf)",
        },
        {
            content: "Send",
            trigger: ".o_sajad_form .card-footer button[type=submit]:not([formaction])",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The request is there, its file named after the document",
            trigger: "#sajad_request_side:contains(گذرنامه - scan.pdf)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_base_window_requests", {
    url: "/my/requests",
    steps: () => [
        {
            content: "Two requests; search as an Arabic keyboard writes",
            trigger: "body:has(.o_sajad_row:eq(1)) input[name=search]",
            run: "edit كارت دانشجويي",
        },
        {
            content: "Look",
            trigger: ".o_sajad_filters button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "One is left",
            trigger:
                ".o_sajad_requests:not(:has(.o_sajad_row:eq(1))) .o_sajad_row:contains(کارت دانشجویی)",
        },
        {
            content: "Only those that are done",
            trigger: "select[name=filterby]",
            run: "select done",
            expectUnloadPage: true,
        },
        {
            content: "None is; show all",
            trigger:
                ".o_sajad_empty:contains(درخواستی با این مشخصات یافت نشد) a:contains(نمایش همه)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Of the other kind",
            trigger: "select[name=kind]",
            run: "selectByLabel وام دانشجویی",
            expectUnloadPage: true,
        },
        {
            content: "It is found; open it",
            trigger:
                ".o_sajad_requests:not(:has(.o_sajad_row:eq(1))) .o_sajad_row:contains(وام دانشجویی)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What to do next stands at the top",
            trigger: ".o_sajad_next:contains(اقدام بعدی)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_base_window_guide", {
    url: "/odoo/sajad-boards",
    steps: () => [
        {
            content: "The menu of the process",
            trigger: ".o_kanban_record:contains(کارت دانشجویی)",
            run: "hover && click .o_kanban_record:contains(کارت دانشجویی) .o_dropdown_kanban button",
        },
        {
            content: "Its guide",
            trigger: ".o-dropdown--menu .dropdown-item:contains(راهنما)",
            run: "click",
        },
        {
            content: "That of the staff",
            trigger: ".modal .o_field_html:contains(کارت را چاپ کنید)",
        },
        {
            content: "Close it",
            trigger: ".modal footer button:contains(بستن)",
            run: "click",
        },
        {
            content: "Back at the boards",
            trigger: "body:not(:has(.modal))",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_base_window_cancel", {
    steps: () => [
        {
            content: "Cancel the request",
            trigger: "button[data-bs-target='#sajad_cancel_modal']:contains(لغو درخواست)",
            run: "click",
        },
        {
            content: "It is asked once more",
            trigger: "#sajad_cancel_modal.show button[type=submit]:contains(لغو درخواست)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is cancelled",
            trigger: ".o_sajad_next:contains(لغو شده است)",
            run: () => history.back(),
            expectUnloadPage: true,
        },
        {
            content: "Whoever goes back is not offered to cancel it once more",
            trigger: ".o_sajad_next:contains(لغو شده است):not(:has(#sajad_cancel_modal))",
        },
        {
            content: "No button is left",
            trigger: "body:not(:has(#sajad_cancel_modal))",
        },
    ],
});
