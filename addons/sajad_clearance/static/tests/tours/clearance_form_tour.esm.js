import { registry } from "@web/core/registry";

// a page that can be read to its end
const PDF_PAGE =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n" +
    "trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n";

// What a leaving student meets in the portal. Texts are Persian on purpose: the tours
// prove that a Persian user meets Persian pages.

const APPLY = "/my/services/clearance_eleven/apply";
const SEND = ".card-footer button[type=submit]:not([formaction])";

function putFile(input, name, content) {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], name, { type: "application/pdf" }));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

registry.category("web_tour.tours").add("sajad_clearance_form", {
    url: APPLY,
    steps: () => [
        {
            content: "What is known is shown and not asked",
            trigger:
                "section[aria-labelledby=clearance_identity]:contains(1001):contains(Test City)",
        },
        {
            content: "A wrong national id",
            trigger: "#national_id",
            run: "edit ۹۹۹۰۰۰۰۰۰۲ && press Tab",
        },
        {
            content: "is told at once, at its field",
            trigger: "#national_id ~ .invalid-feedback:contains(کد ملی معتبر نیست)",
        },
        {
            content: "Correct it, in Persian digits",
            trigger: "#national_id",
            run: "edit ۹۹۹۰۰۰۰۰۰۱ && press Tab",
        },
        {
            content: "The message is gone",
            trigger: "#national_id:not(.is-invalid)",
        },
        {
            content: "While something else is pressed, no sentence moves it away",
            trigger: "#national_id:not(.is-invalid)",
            async run({ anchor }) {
                const press = (name) => window.dispatchEvent(new PointerEvent(name));
                const wait = () => new Promise((resolve) => setTimeout(resolve, 100));
                const right = anchor.value;
                anchor.value = "12";
                press("pointerdown");
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
                await wait();
                if (anchor.matches(".is-invalid") || !anchor.validationMessage) {
                    throw new Error("The sentence came before the pointer was released");
                }
                press("pointerup");
                await wait();
                if (!anchor.matches(".is-invalid")) {
                    throw new Error("The sentence did not come");
                }
                anchor.value = right;
                anchor.dispatchEvent(new Event("input", { bubbles: true }));
            },
        },
        {
            content: "What only the server refuses",
            trigger: "#father_name",
            run: "edit ۱۲",
        },
        {
            content: "Type the date of birth",
            trigger: "input.o_sajad_date#birth_date",
            run: "edit 1380/05/23 && press Tab",
        },
        {
            content: "Close the picker",
            trigger: "#note",
            run: "click",
        },
        {
            content: "Keep it for later, with half of it empty",
            trigger: "#sajad_save_draft:contains(ذخیره پیش‌نویس)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is kept",
            trigger: "#sajad_draft:contains(پیش‌نویس شما ذخیره شد)",
        },
        {
            content: "Go away",
            trigger: ".breadcrumb a[href='/my/home']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Come back another day",
            trigger: ".o_portal_docs a[href='/my/requests']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Go on with the draft",
            trigger: "#sajad_drafts a:contains(ادامه پیش‌نویس)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What was typed is there",
            trigger: "#sajad_draft:contains(در حال تکمیل پیش‌نویس)",
            run() {
                const typed = document.querySelector("#father_name").value;
                if (typed !== "۱۲") {
                    throw new Error(`The draft lost the name: ${typed}`);
                }
                const date = document.querySelector("input[name=birth_date]").value;
                if (date !== "2001-08-14") {
                    throw new Error(`The draft lost the date: ${date}`);
                }
            },
        },
        {
            content: "Choose the reason",
            trigger: "#clearance_reason_graduation",
            run: "click",
        },
        {
            content: "The card was delivered",
            trigger: "#card_delivered input[value=yes]",
            run: "click",
        },
        {
            content: "A commitment that is no PDF",
            trigger: "#sajad_commitment",
            run() {
                putFile(this.anchor, "notary.txt", "text");
            },
        },
        {
            content: "is refused before it is sent",
            trigger: ".o_sajad_file_list .text-danger:contains(notary.txt)",
        },
        {
            content: "A PDF",
            trigger: "#sajad_commitment",
            run() {
                putFile(this.anchor, "notary.pdf", PDF_PAGE);
            },
        },
        {
            content: "Send",
            trigger: SEND,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The server names the field and its problem",
            trigger: "#father_name ~ .invalid-feedback:contains(با حروف)",
        },
        {
            content: "The form begins there",
            trigger: "#father_name",
            async run({ anchor }) {
                for (let tries = 50; document.activeElement !== anchor; tries--) {
                    if (!tries) {
                        throw new Error("What is wrong has to be searched for");
                    }
                    await new Promise((resolve) => setTimeout(resolve, 100));
                }
            },
        },
        {
            content: "The file is kept",
            trigger: "label:contains(notary.pdf)",
        },
        {
            content: "Correct the name",
            trigger: "#father_name",
            run: "edit پدر آزمایشی",
        },
        {
            content: "Say that the record is wrong",
            trigger: "section[aria-labelledby=clearance_identity] summary",
            run: "click",
        },
        {
            content: "What is wrong",
            trigger: "#record_problem",
            run: "edit رشته تحصیلی من چیز دیگری است",
        },
        {
            content: "Send with a double click",
            trigger: SEND,
            run() {
                this.anchor.click();
                this.anchor.click();
            },
            expectUnloadPage: true,
        },
        {
            content: "It was received, once",
            trigger: ".o_sajad_step_ready:contains(کارشناس بخش)",
        },
        {
            content: "What was sent is shown",
            trigger: "#sajad_request_details:contains(پدر آزمایشی):contains(رشته تحصیلی من)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_clearance_second", {
    url: APPLY,
    steps: () => [
        {
            content: "A second clearance is not possible; the first is linked",
            trigger: ".alert-warning a[href^='/my/requests/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The first one",
            trigger: ".o_sajad_step_ready:contains(کارشناس بخش)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_visit_book", {
    url: "/my/requests",
    steps: () => [
        {
            content: "The visit comes first",
            trigger: "#sajad_visits a:contains(کتابخانه خوارزمی)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Times by day, with weekday and Jalali date",
            trigger:
                ".o_sajad_slots legend:contains(سه‌شنبه ۱۷ اردیبهشت ۱۴۰۹), .o_sajad_slots legend:contains(سه‌شنبه 17 اردیبهشت 1409)",
        },
        {
            content: "Choose a time",
            trigger: ".o_sajad_slots label:contains(تا):first",
            run: "click",
        },
        {
            content: "Take it",
            trigger: ".o_sajad_choice button:contains(ثبت این زمان)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is noted",
            trigger: ".alert-success:contains(نوبت مراجعه شما ثبت شد)",
        },
        {
            content: "Day and hour stand at the top",
            trigger: ".o_sajad_next .o_sajad_appointment:contains(اردیبهشت)",
        },
        {
            content: "It can be changed",
            trigger: ".o_sajad_choice summary:contains(تغییر نوبت)",
            run: "click",
        },
        {
            content: "Another time",
            trigger: ".o_sajad_slots fieldset:last-of-type label",
            run: "click",
        },
        {
            content: "Take it",
            trigger: ".o_sajad_choice button:contains(ثبت این زمان)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The new day",
            trigger: ".o_sajad_appointment:contains(چهارشنبه)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_visit_office", {
    url: "/odoo/sajad-visits",
    steps: () => [
        {
            content: "The visitor of today has come",
            trigger: ".o_data_row:contains(t_student) button[name=action_came]",
            run: "click",
        },
        {
            content: "It is recorded",
            trigger: ".o_data_row:contains(t_student):contains(مراجعه کرد)",
        },
        {
            content: "Open the work",
            trigger: ".o_data_row:contains(t_student) td[name=student_name]",
            run: "click",
        },
        {
            content: "Decide",
            trigger: "button[name=action_approve]",
            run: "click",
        },
        {
            content: "Done",
            trigger: "button[name=action_undo]",
        },
    ],
});
