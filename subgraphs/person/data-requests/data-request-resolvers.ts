/** Copy, correction, deletion. */
export const dataRequestQueries = {};
export const dataRequestMutations = {};
export const dataRequestTypes = {};
