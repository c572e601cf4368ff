/** Queries and mutations of consent. */
export const consentQueries = {};
export const consentMutations = {};
/** Fields by type. */
export const consentTypes = {};
