/** Aliases that stand where a forbidden field was. A caller may not use them. */
export const PLACEHOLDER = /^xinqiao_forbidden_(\d+)$/;
