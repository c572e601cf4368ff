/** Older tokens are refused even if they claim to live longer. */
export const MAX_TOKEN_AGE_SECONDS = 900;
