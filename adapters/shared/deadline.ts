/** Aborts when the time is over or the caller is gone: one deadline for all calls of a read together. */
export function deadline(timeoutMs: number, signal: AbortSignal | undefined): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
}
