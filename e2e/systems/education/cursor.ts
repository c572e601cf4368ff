/** Opaque cursors: bound to the list and the question that they were given for, so that they fit no other. */
import { createHash } from 'node:crypto';

/** They outlive a restart of the system: nothing is kept. */
export const cursorAt = (position: number, question: string) =>
  Buffer.from(`${position}:${digest(question)}`).toString('base64url');

/** `null` for a cursor that was not given for this question. */
export function positionOf(cursor: string | null, question: string): number | null {
  if (cursor === null) return 0;
  const [position = '', of] = Buffer.from(cursor, 'base64url').toString().split(':');
  return of === digest(question) && /^\d{1,9}$/.test(position) ? Number(position) : null;
}

const digest = (question: string) => createHash('sha256').update(question).digest('hex').slice(0, 12);
