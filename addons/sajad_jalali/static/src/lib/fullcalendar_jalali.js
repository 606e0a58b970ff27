/**
 * The calendar system of FullCalendar. A plain script of the lazy bundle
 * web.fullcalendar_lib; the registry of calendar systems is not exported, but the class
 * that uses them is.
 */
(function () {
    const { toGregorian, toJalali } = odoo.loader.modules.get("@sajad_jalali/core/jalali");
    const { DateEnv } = FullCalendar.Internal;

    const parts = (marker) =>
        toJalali(marker.getUTCFullYear(), marker.getUTCMonth() + 1, marker.getUTCDate());

    const jalaliSystem = {
        getMarkerYear: (marker) => parts(marker)[0],
        getMarkerMonth: (marker) => parts(marker)[1] - 1,
        getMarkerDay: (marker) => parts(marker)[2],
        markerToArray(marker) {
            const [year, month, day] = parts(marker);
            const midnight = Date.UTC(
                marker.getUTCFullYear(),
                marker.getUTCMonth(),
                marker.getUTCDate()
            );
            return [year, month - 1, day, 0, 0, 0, marker.valueOf() - midnight];
        },
        arrayToMarker([year, month = 0, day = 1, hours = 0, minutes = 0, seconds = 0, ms = 0]) {
            const years = Math.floor(month / 12);
            const first = toGregorian(year + years, month - years * 12 + 1, 1);
            return new Date(
                Date.UTC(first[0], first[1] - 1, first[2] + day - 1, hours, minutes, seconds, ms)
            );
        },
    };

    const isJalali = (env) => /-u-ca-persian/.test(env.locale?.codeArg || "");

    Object.defineProperty(DateEnv.prototype, "calendarSystem", {
        configurable: true,
        get() {
            return isJalali(this) ? jalaliSystem : this.sajadStockSystem;
        },
        set(system) {
            this.sajadStockSystem = system;
        },
    });

    // this one method mixes the calendar system with getUTCDate() (6.1)
    const { startOfWeek } = DateEnv.prototype;
    DateEnv.prototype.startOfWeek = function (marker) {
        if (!isJalali(this)) {
            return startOfWeek.call(this, marker);
        }
        const passed = (marker.getUTCDay() - this.weekDow + 7) % 7;
        return new Date(
            Date.UTC(marker.getUTCFullYear(), marker.getUTCMonth(), marker.getUTCDate() - passed)
        );
    };
})();
