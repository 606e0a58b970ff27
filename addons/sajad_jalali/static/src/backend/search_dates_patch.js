/** The quarters of date filters carry the names of the seasons. */
import { QUARTERS, QUARTER_OPTIONS } from "@web/search/utils/dates";
import { isJalaliActive, seasonName } from "@sajad_jalali/core/jalali";

class QuarterName extends String {
    constructor(quarter, stock) {
        super(); // the stock text is not translated yet
        this.quarter = quarter;
        this.stock = stock;
    }
    toString() {
        return isJalaliActive() ? seasonName(this.quarter) : this.stock.toString();
    }
    valueOf() {
        return this.toString();
    }
}

for (const [quarter, options] of Object.entries(QUARTERS)) {
    options.description = new QuarterName(Number(quarter), options.description);
}
for (const option of Object.values(QUARTER_OPTIONS)) {
    option.description = QUARTERS[option.setParam.quarter].description;
}
