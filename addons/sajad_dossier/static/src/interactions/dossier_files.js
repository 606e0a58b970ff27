import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { PortalFiles } from "@sajad_base/interactions/portal_files";

// points of the longer side, at which small print is still read
const SIDES = [2600, 2000, 1600, 1200];
const QUALITY = 0.85;

/** Return a photograph as a JPG of at most `maxSize` bytes, or null. */
async function shrink(file, maxSize) {
    const bitmap = await createImageBitmap(file);
    const longer = Math.max(bitmap.width, bitmap.height);
    for (const side of SIDES) {
        const scale = Math.min(1, side / longer);
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(bitmap.width * scale);
        canvas.height = Math.round(bitmap.height * scale);
        canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
        if (blob && blob.size <= maxSize) {
            const name = `${file.name.replace(/\.[^.]*$/, "") || "photo"}.jpg`;
            return new File([blob], name, { type: "image/jpeg" });
        }
    }
    return null;
}

/**
 * Files of a dossier are sent as soon as they are chosen. Photographs of a telephone are
 * larger than offices take, and made smaller before; HEIC becomes JPG where the telephone
 * can read it.
 */
export class DossierFiles extends PortalFiles {
    static selector = ".o_sajad_dossier_files";

    async onChange(ev) {
        const input = ev.currentTarget;
        await this.waitFor(this.prepare(input));
        super.onChange({ currentTarget: input });
        if (input.files.length && input.checkValidity()) {
            this.tellSending();
            this.el.requestSubmit();
        }
    }

    async prepare(input) {
        const maxSize = parseInt(this.el.dataset.maxSize);
        const transfer = new DataTransfer();
        for (const file of input.files) {
            transfer.items.add(await this.prepareFile(file, maxSize));
        }
        input.files = transfer.files;
    }

    async prepareFile(file, maxSize) {
        const isHeic = /\.hei[cf]$/i.test(file.name);
        if (!isHeic && (file.size <= maxSize || !file.type.startsWith("image/"))) {
            return file;
        }
        try {
            return (await shrink(file, maxSize)) || file;
        } catch {
            // this browser cannot read it; the server says what to do
            return file;
        }
    }

    getProblem(file, accept) {
        // what the camera takes is a picture of the kinds that all papers take
        return super.getProblem(file, accept === "image/*" ? ".jpg,.jpeg,.png" : accept);
    }

    tellSending() {
        this.el.classList.add("o_sajad_sending");
        const line = document.createElement("li");
        line.textContent = _t("Sending…");
        this.el.querySelector(".o_sajad_file_list").append(line);
    }
}

registry.category("public.interactions").add("sajad_dossier.files", DossierFiles);
