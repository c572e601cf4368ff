import { AsyncLocalStorage } from 'node:async_hooks';

/** Where in a trace the hub is at work. */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  /** The same for whoever is asked next (W3C Trace Context). */
  readonly traceparent: string;
}

/** Holds nothing while nobody traces. */
export const traceContext = new AsyncLocalStorage<TraceContext>();

/** Level 1, 3.2.2. */
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A `traceparent` that is well-formed and has room for nothing but chance; anything else is dropped. */
export function traceparentOf(header: unknown): string | null {
  return typeof header === 'string' && TRACEPARENT.test(header) && !ID_NUMBER.test(header) ? header : null;
}

/**
 * An ID number of 15 or 18 digits without its last one, which may be a letter: a caller could write one as a trace id.
 * Among ids drawn at random one in two thousand looks so, and is dropped as well.
 */
const ID_NUMBER = /[1-9]\d{5}(?:(?:19|20)\d{2}|\d{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}/;
