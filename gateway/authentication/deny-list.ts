/** Tokens that were withdrawn before their time, by `jti`. Asked for every request, also for remembered tokens. */
export interface DenyList {
  has(jti: string): boolean | Promise<boolean>;
}

/** A deny-list in memory; entries go when the token would have expired anyway. */
export function denyList({ now = Date.now }: { now?: () => number } = {}) {
  const until = new Map<string, number>();
  return {
    has: (jti: string) => until.has(jti),
    /** `expSeconds`: the token's `exp`. */
    add(jti: string, expSeconds: number) {
      // A minute more than `exp`, for clocks that disagree.
      for (const [id, end] of until) if (end + 60_000 < now()) until.delete(id);
      until.set(jti, expSeconds * 1_000);
    },
  } satisfies DenyList & Record<string, unknown>;
}
