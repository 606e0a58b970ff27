import { registry } from "@web/core/registry";

// The student's side of the story. Texts are Persian on purpose: the tours prove that
// a Persian user meets Persian pages.

registry.category("web_tour.tours").add("sajad_clearance_apply", {
    url: "/my",
    steps: () => [
        {
            content: "Open the services",
            trigger: ".o_portal_docs a[href='/my/services']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Apply for clearance",
            trigger:
                "article:contains(درخواست تسویه حساب) a[href='/my/services/clearance_eleven/apply']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The record of the student is shown",
            trigger: "section[aria-labelledby=clearance_identity]:contains(1001)",
        },
        {
            content: "Choose the reason",
            trigger: "#clearance_reason_graduation",
            run: "click",
        },
        {
            content: "Say that the card was delivered",
            trigger: "#card_delivered input[value=yes]",
            run: "click",
        },
        {
            content: "Explain",
            trigger: "textarea[name=note]",
            run: "edit برای دریافت مدرک",
        },
        {
            content: "Send",
            trigger: ".card-footer button[type=submit]:not([formaction])",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The request was received and lies with the department",
            trigger: ".o_sajad_step_ready:contains(کارشناس بخش)",
        },
        {
            content: "Everything else is still to come",
            trigger: ".o_sajad_timeline:has(.o_sajad_step_waiting:eq(8))",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_clearance_visit_seen", {
    steps: () => [
        {
            content: "What to do comes first: come to the library",
            trigger: ".o_sajad_next .o_sajad_visit:contains(کتابخانه خوارزمی)",
        },
        {
            content: "Where, when and why",
            trigger: ".o_sajad_visit:contains(طبقه همکف):contains(دو کتاب امانی)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_clearance_answer", {
    steps: () => [
        {
            content: "The reason of the return is shown",
            trigger: ".o_sajad_next:contains(کارت تغذیه)",
        },
        {
            content: "Nothing is sent without an answer",
            trigger: "#answer_form button[type=submit]",
            run: "click",
        },
        {
            content: "It is said in the language of the page, whatever the browser's is",
            trigger: "textarea[name=answer]",
            run({ anchor }) {
                if (anchor.validationMessage !== "این کادر را تکمیل کنید.") {
                    throw new Error(`The browser says: ${anchor.validationMessage}`);
                }
            },
        },
        {
            content: "Answer",
            trigger: "textarea[name=answer]",
            run: "edit کارت را تحویل دادم",
        },
        {
            content: "Send",
            trigger: "#answer_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is back at the office",
            trigger: ".o_sajad_step_ready:contains(اداره تغذیه)",
            run: () => history.back(),
            expectUnloadPage: true,
        },
        {
            content: "Whoever goes back sees no form that was taken already",
            trigger: ".o_sajad_step_ready:contains(اداره تغذیه):not(:has(.o_sajad_step_student))",
        },
        {
            content: "There is nothing to answer any more",
            trigger: "body:not(:has(#answer_form))",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_clearance_done", {
    url: "/my/requests",
    steps: () => [
        {
            content: "Open the request",
            trigger: "a[href*='/my/requests/']:contains(درخواست تسویه حساب)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "All ten offices have confirmed",
            trigger: ".o_sajad_timeline:has(.o_sajad_step_done:eq(9))",
        },
        {
            content: "No step is left",
            trigger: ".o_sajad_timeline:not(:has(.o_sajad_step_waiting))",
        },
    ],
});
