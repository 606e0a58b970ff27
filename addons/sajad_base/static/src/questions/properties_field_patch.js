import { patch } from "@web/core/utils/patch";
import { PropertiesField } from "@web/views/fields/properties/properties_field";
import { getAsked } from "./asked";

/** Questions that are not asked after the other answers are not shown. */
patch(PropertiesField.prototype, {
    get groupedPropertiesList() {
        const asked = new Set(getAsked(this.propertiesList).map(({ name }) => name));
        return super.groupedPropertiesList
            .map((group) => ({
                ...group,
                title: !group.name || asked.has(group.name) ? group.title : null,
                elements: group.elements.filter(({ name }) => asked.has(name)),
                had: group.elements.length,
            }))
            .filter((group) => group.elements.length || !group.had);
    },
});
