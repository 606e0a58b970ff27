import { Breadcrumbs } from "@web/search/breadcrumbs/breadcrumbs";
import { patch } from "@web/core/utils/patch";

// a word with letters and digits: a code, an address, the name of a file
const CODE = /([A-Za-z][\w@./-]*\d[\w@./-]*|\d[\w@./-]*[A-Za-z][\w@./-]*)/;

patch(Breadcrumbs.prototype, {
    /** Codes in the name of a record keep their Latin digits. */
    splitCodes(name) {
        return String(name)
            .split(CODE)
            .map((text, index) => ({ text, isCode: index % 2 === 1 }));
    },
});
