/**
 * Whether a question of a form is asked, as tools/show_if.py says on the server.
 *
 * @param {Object|false} rule `question`: the name of another one; `answers`: the keys that
 *  are waited for, none for any answer
 * @param {Object} answers answers by the names of their questions, `undefined` of those that
 *  are not asked themselves
 */
export function isAsked(rule, answers) {
    if (!rule) {
        return true;
    }
    const answer = answers[rule.question];
    if (answer === undefined) {
        return false;
    }
    const wanted = rule.answers || [];
    const given = (Array.isArray(answer) ? answer : [answer]).filter(
        (one) => one !== false && one !== null && one !== ""
    );
    if (!given.length) {
        return wanted.length === 1 && wanted[0] === false;
    }
    return !wanted.length || given.some((one) => wanted.includes(one));
}

/**
 * @param {Array} questions definitions of properties with their values
 * @returns {Array} those that are asked
 */
export function getAsked(questions) {
    const answers = {};
    return questions.filter((question) => {
        const asked = isAsked(question.show_if, answers);
        if (asked) {
            answers[question.name] = question.value ?? false;
        }
        return asked;
    });
}
