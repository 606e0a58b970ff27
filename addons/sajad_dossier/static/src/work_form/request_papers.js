import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

import { RequestPapers } from "@sajad_base/work_form/request_papers";

patch(RequestPapers.prototype, {
    /** Documents of a dossier lie in it, and not with the request. */
    get emptyText() {
        if (this.props.record.data.dossier_id) {
            return _t("The documents lie in the dossier: Verify Documents shows them.");
        }
        return super.emptyText;
    },
});
