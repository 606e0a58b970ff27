import { registry } from "@web/core/registry";

// A student brings a document in the browser; texts are Persian on purpose.

/** A page with lines of text; each tone is another file. */
async function makePage(name, tone) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [600, 850];
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#f4f1ea";
    pen.fillRect(0, 0, 600, 850);
    pen.fillStyle = tone;
    for (let y = 60; y < 800; y += 40) {
        for (let x = 50; x < 550; x += 9) {
            pen.fillRect(x, y, 3, 14);
        }
    }
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
    return new File([blob], name, { type: "image/jpeg" });
}

async function choose(input, files) {
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * Send a form as the click of a hand does: what listeners promise is done before the
 * browser reads the form. The click of a script lets it read first.
 */
async function sendByHand(button) {
    const form = button.form;
    form.addEventListener("submit", (ev) => ev.preventDefault(), { once: true });
    button.click();
    await new Promise((resolve) => setTimeout(resolve));
    if (new FormData(form, button).has(button.name)) {
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name: button.name, value: button.value });
        form.append(input);
    }
    form.submit();
}

const openBirth = [
    {
        content: "Open my dossier",
        trigger: ".o_portal_docs a[href='/my/dossiers']:contains(پرونده من)",
        run: "click",
        expectUnloadPage: true,
    },
];

registry.category("web_tour.tours").add("sajad_dossier_bring", {
    url: "/my",
    steps: () => [
        ...openBirth,
        {
            content: "What to do next is said first",
            trigger: "#sajad_dossier_next:contains(مدارک باقی‌مانده را ارسال کنید)",
        },
        {
            content: "The birth certificate is missing, and it is said why",
            trigger: ".o_sajad_item_missing:contains(شناسنامه):contains(دانشجویان ایرانی)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "A file of another kind is refused before it is sent",
            trigger: "#sajad_files",
            run() {
                choose(this.anchor, [new File(["x"], "note.txt")]);
            },
        },
        {
            content: "In the words of the page",
            trigger:
                "#sajad_dossier_upload .o_sajad_file_list .text-danger:contains(پذیرفته نمی‌شود)",
        },
        {
            content: "Two pages of a telephone",
            trigger: "#sajad_files",
            async run() {
                const pages = [await makePage("a.jpg", "#222"), await makePage("b.jpg", "#444")];
                choose(this.anchor, pages);
            },
            expectUnloadPage: true,
        },
        {
            content: "They are shown, and no office sees them",
            trigger: ".o_sajad_page:eq(1) img",
        },
        {
            content: "The second comes first",
            trigger: ".o_sajad_page:contains(b.jpg) button[value=up]",
            async run() {
                await sendByHand(this.anchor);
            },
            expectUnloadPage: true,
        },
        {
            content: "Submit",
            trigger:
                "body:has(.o_sajad_page:eq(0):contains(b.jpg)) #sajad_item_submit:contains(هیچ واحدی این صفحه‌ها را نمی‌بیند) button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It lies in the dossier",
            trigger: "#sajad_dossier_documents .badge:contains(ارسال شد)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_dossier_bring_again", {
    url: "/my",
    steps: () => [
        {
            content: "The overview says that something was rejected",
            trigger: ".o_portal_docs a[href='/my/dossiers']:contains(رد شده)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The reason stands in the checklist",
            trigger: ".o_sajad_item_rejected:contains(مهر دیده نمی‌شود)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "And on the page of the document",
            trigger: ".o_sajad_next_danger:contains(مهر دیده نمی‌شود)",
        },
        {
            content: "A better page",
            trigger: "#sajad_files",
            async run() {
                choose(this.anchor, [await makePage("better.jpg", "#000")]);
            },
            expectUnloadPage: true,
        },
        {
            content: "Submit it",
            trigger: "#sajad_item_submit button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It waits again",
            trigger: "#sajad_dossier_documents .badge:contains(ارسال شد)",
        },
    ],
});

registry.category("web_tour.tours").add("sajad_dossier_verified", {
    url: "/my",
    steps: () => [
        ...openBirth,
        {
            content: "Verified",
            trigger: ".o_sajad_item_verified:contains(شناسنامه)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The history names the offices",
            trigger: "#sajad_dossier_history:contains(دانشگاه):contains(ردکننده: دانشکده)",
        },
        {
            content: "Back to the dossier",
            trigger: ".breadcrumb a[href^='/my/dossiers/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Who looked",
            trigger: "a[href$='/looks']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The expert of the faculty did",
            trigger: ".o_sajad_look:contains(کارشناس پرونده دانشکده)",
        },
    ],
});
