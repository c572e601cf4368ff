/** Queries and mutations of emergency access and its review. */
export const emergencyQueries = {};
export const emergencyMutations = {};
export const emergencyTypes = {};
