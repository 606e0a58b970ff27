import { SearchModel } from "@web/search/search_model";
import { patch } from "@web/core/utils/patch";
import { isJalaliActive } from "@sajad_jalali/core/jalali";
import { JalaliDateTime } from "@sajad_jalali/core/jalali_datetime";

/** Months, quarters and years of date filters: names, borders and facets. */
patch(SearchModel.prototype, {
    setup() {
        super.setup(...arguments);
        if (isJalaliActive()) {
            this.referenceMoment = JalaliDateTime.from(this.referenceMoment);
        }
    },
});
