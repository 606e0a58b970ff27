import { registry } from "@web/core/registry";

const verify = (name) => [
    {
        content: `${name} is shown`,
        trigger: `.o_form_view .oe_title [name=name] :value(${name})`,
    },
    {
        content: "Its file is beside the data",
        trigger: ".o_sajad_preview iframe",
    },
    {
        content: `Verify ${name}`,
        trigger: "button[name=action_verify_next]:enabled",
        run: "click",
    },
];

// An expert opens the work, verifies each document beside its data, and approves.
registry.category("web_tour.tours").add("sajad_dossier_verify", {
    steps: () => [
        {
            content: "Open the documents of the request",
            trigger: "button[name=action_open_documents]",
            run: "click",
        },
        ...verify("شناسنامه"),
        ...verify("کارت ملی"),
        {
            content: "Back at the work: approve",
            trigger: "button[name=action_approve]:enabled",
            run: "click",
        },
        {
            content: "The step is done",
            trigger: ".o_arrow_button_current[data-value=done]",
        },
    ],
});

// The graduates' office ends the study: the place of the paper, then the approval.
registry.category("web_tour.tours").add("sajad_dossier_final", {
    steps: () => [
        {
            content: "The final check",
            trigger: "button[name=action_approve]:enabled",
            run: "click",
        },
        {
            content: "The step is done",
            trigger: ".o_arrow_button_current[data-value=done]",
        },
    ],
});
