import { randomBytes } from 'node:crypto';

/** Letters only: one in two thousand ids drawn at random looks like an ID number, and is dropped (`trace-context.ts`). */
export const traceId = (): string => Array.from(randomBytes(32), (byte) => 'abcdef'[byte % 6]).join('');

/** The header that says so (W3C Trace Context). */
export const traceparent = (trace: string): string => `00-${trace}-${'b'.repeat(16)}-01`;
