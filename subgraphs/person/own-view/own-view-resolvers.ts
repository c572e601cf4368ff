/** What the person, or the guardian, asks about oneself. */
export const ownViewQueries = {};
export const ownViewTypes = {};
