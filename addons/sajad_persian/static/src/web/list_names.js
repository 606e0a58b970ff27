/** Names one after the other; Persian has no comma before the last "and" or "or". */
export function listNames(names, locale) {
    const parts = new Intl.ListFormat(locale).formatToParts(Array.from(names, String));
    const write = ({ type, value }) =>
        type === "literal" ? value.replace(/^،\u200f? (?=(و|یا) $)/, " ") : value;
    return parts.map(write).join("");
}
