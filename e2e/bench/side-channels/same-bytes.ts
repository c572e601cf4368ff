import type { Timing } from './timed-connection.ts';

/** An answer, whole, without what differs from one to the next about the same person as well. */
export function sameBytes({ head, body }: Pick<Timing, 'head' | 'body'>): string {
  return `${head.replace(/\r\ndate: [^\r]*/i, '')}\r\n\r\n${body}`
    .replaceAll(/(?:\b[0-9a-z]{9}-)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, 'AT');
}
