/**
 * For tours that print: watch what the browser would save as a file. What kind of file
 * came is kept in `data-printed` of the page.
 */
export function watchPrint() {
    const open = XMLHttpRequest.prototype.open;
    XMLHttpRequest.prototype.open = function (method, url, ...rest) {
        if (String(url).includes("/report/download")) {
            this.addEventListener("load", () => {
                const kind = this.getResponseHeader("Content-Type");
                document.body.dataset.printed = kind;
            });
        }
        return open.call(this, method, url, ...rest);
    };
}
