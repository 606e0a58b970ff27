/** The methods of luxon as they came: luxon is global, and modules may load again. */
const { DateTime, Info } = luxon;

luxon.sajadStock ??= {
    toFormat: DateTime.prototype.toFormat,
    toLocaleString: DateTime.prototype.toLocaleString,
    toRelativeCalendar: DateTime.prototype.toRelativeCalendar,
    fromFormat: DateTime.fromFormat,
    fromISO: DateTime.fromISO,
    fromSQL: DateTime.fromSQL,
    local: DateTime.local,
    months: Info.months,
};

export const stock = luxon.sajadStock;
