import { registry } from "@web/core/registry";

const asked = (name) => `.o_sajad_question[data-question=${name}]:not(.d-none)`;
const hidden = (name) => `.o_sajad_question.d-none[data-question=${name}]:not(:visible)`;

/** A form asks what the other answers call for, without a reload: row A5. */
registry.category("web_tour.tours").add("sajad_base_show_if", {
    steps: () => [
        {
            content: "What depends on answers is not asked yet",
            trigger: `form:has(${hidden("employer")}):has(${hidden(
                "lease"
            )}) input[name=property_works]`,
            run: "click",
        },
        {
            content: "Who works names the employer",
            trigger: `${asked("employer")} input:enabled`,
            run: "edit Bank",
        },
        {
            content: "Who rents has a lease",
            trigger: "select[name=property_home]",
            run: "select rent",
        },
        {
            trigger: `${asked("lease")} .o_sajad_file_button`,
        },
        {
            content: "Who does not, has none",
            trigger: "select[name=property_home]",
            run: "select own",
        },
        {
            trigger: `form:has(${hidden("lease")}):has(${hidden("rent")}) button[type=submit]`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Nothing hidden keeps the form from being sent",
            trigger: "dl:contains(Bank)",
        },
    ],
});
