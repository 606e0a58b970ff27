import { _t } from "@web/core/l10n/translation";
import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

// a little less than config/nginx lets in: the form has more than its files
const MAX_TOTAL = 30 * 1024 ** 2;

/** Say before the upload what the server would say after it. */
export class PortalFiles extends Interaction {
    static selector = ".o_sajad_files";
    dynamicContent = {
        "input[type='file']": { "t-on-change": this.onChange },
    };

    onChange(ev) {
        const input = ev.currentTarget;
        const files = [...input.files];
        const maxCount = parseInt(this.el.dataset.maxCount);
        const problem = files.length > maxCount ? _t("Too many files.") : "";
        const together = this.getTotalProblem(files);
        const problems = files.map((file) => this.getProblem(file, input.accept) || together);
        this.el
            .querySelector(".o_sajad_file_list")
            .replaceChildren(...files.map((file, index) => this.getLine(file, problems[index])));
        input.setCustomValidity(problem || problems.find(Boolean) || "");
        input.reportValidity();
    }

    getProblem(file, accept) {
        const name = file.name.toLowerCase();
        if (!accept.split(",").some((ending) => name.endsWith(ending))) {
            return _t("This kind of file is not accepted here.");
        }
        if (file.size > parseInt(this.el.dataset.maxSize)) {
            return _t("This file is too large.");
        }
        return "";
    }

    getTotalProblem(files) {
        const total = files.reduce((sum, file) => sum + file.size, 0);
        return total > MAX_TOTAL ? _t("The files are too large together; send them in parts.") : "";
    }

    getLine(file, problem) {
        const line = document.createElement("li");
        line.className = problem ? "text-danger" : "text-muted";
        const icon = document.createElement("i");
        icon.className = `fa fa-fw me-1 ${problem ? "fa-times" : "fa-check text-success"}`;
        const name = document.createElement("bdi");
        name.textContent = file.name;
        line.append(icon, name, problem ? ` ${problem}` : "");
        return line;
    }
}

registry.category("public.interactions").add("sajad_base.portal_files", PortalFiles);
