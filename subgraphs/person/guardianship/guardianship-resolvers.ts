/** Mutations of guardianship. */
export const guardianshipMutations = {};
