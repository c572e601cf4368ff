import { createHash } from 'node:crypto';

/**
 * What a change is called outside, in the feed and in webhooks alike: of the event's id, in letters that need no care. A
 * full stop in it could shift what is signed (Standard Webhooks, "Signature scheme").
 */
export function messageId(eventId: string): string {
  return `msg_${createHash('sha256').update(eventId).digest('hex').slice(0, 32)}`;
}
