import type { FieldPermission } from '../../schema/permission-table.ts';

/**
 * Scopes whose use is worth asking the sign-in server whether the token still holds (about 5 ms, at most every 5 s a
 * token; docs/decisions/revoked-tokens.md): who somebody is and which records are theirs, what opens data to others, and
 * what watches over it all.
 */
export const CONFIRMED_SCOPES: ReadonlySet<string> = new Set([
  'person:identity:read',
  'person:id-number:read',
  'person:match',
  'person:register',
  'person:link',
  'person:crosswalk:read',
  'person:conflict:resolve',
  'guardianship:write',
  'guardianship:release',
  'consent:write',
  'emergency:access',
  'emergency:review',
  'data-request:answer',
  'audit:read',
]);

/** Whether a field is open to somebody by such a scope alone. */
export function needsConfirmation(required: FieldPermission['scopes'], scopes: ReadonlySet<string>): boolean {
  const opened = required.filter((set) => set.every((scope) => scopes.has(scope)));
  return opened.length > 0 && opened.every((set) => set.some((scope) => CONFIRMED_SCOPES.has(scope)));
}
