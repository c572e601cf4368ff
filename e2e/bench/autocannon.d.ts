/** The part of autocannon 9 that the benchmark uses; the package has no types of its own. */
declare module 'autocannon' {
  export interface Options {
    readonly url: string;
    readonly method: 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration?: number;
    /** So many answers, however long they take. */
    readonly amount?: number;
    /** An answer for which this is false counts as a mismatch. */
    readonly verifyBody?: (body: string) => boolean;
  }
  export interface Result {
    /** Seconds. */
    readonly duration: number;
    readonly '2xx': number;
    readonly non2xx: number;
    /** Connection errors and timeouts. */
    readonly errors: number;
    readonly mismatches: number;
    /** Milliseconds. */
    readonly latency: { readonly average: number; readonly p50: number; readonly p99: number };
  }
  export default function autocannon(options: Options): PromiseLike<Result>;
}
