import { createHash } from 'node:crypto';
import { z } from 'zod';
import { changeEvent } from '../../adapters/audit/port.ts';
import { defineCollection, StoreConflict, type Stored } from '../../adapters/store/port.ts';
import type { LocalId } from './crosswalk.ts';
import type { ChangeServices } from './person-outcome.ts';

const CONFLICT_KINDS = ['LOCAL_ID_OF_TWO_PERSONS', 'SEX', 'BIRTH_DATE', 'NAME'] as const;

const conflictSchema = z
  .object({
    kind: z.enum(CONFLICT_KINDS),
    department: z.string(),
    localId: z.string(),
    division: z.string(),
    /** One, or the two that claim the local id; sorted. */
    personIds: z.array(z.string()).min(1).readonly(),
    /** ISO instant. */
    foundAt: z.string(),
    decision: z
      .object({
        /** Whose the local id is; `null` = nobody's. */
        personId: z.string().nullable(),
        by: z.string(),
        at: z.string(),
        reason: z.string(),
        /** The crosswalk follows the decision; until then `resolveLinkConflict` goes on where it stopped. */
        applied: z.boolean(),
      })
      .readonly()
      .nullable(),
  })
  .readonly();
export type LinkConflict = z.infer<typeof conflictSchema>;
export type StoredLinkConflict = Stored<LinkConflict>;

/** What contradicts itself and waits for a human decision; nothing is merged or moved by itself. */
export const linkConflicts = defineCollection({
  name: 'link-conflict',
  schema: conflictSchema,
  keys: () => [],
  indexes: {
    open: ({ department, decision }: LinkConflict) => (decision?.applied === true ? [] : [department]),
  },
});

type Finding = Pick<LinkConflict, 'kind' | 'department' | 'localId' | 'division' | 'personIds' | 'foundAt'>;

/** Records a conflict once: found again it is the same one, and one that was decided stays decided. */
export async function recordLinkConflict(
  { store, by }: Pick<ChangeServices, 'store' | 'by'>,
  finding: Finding,
): Promise<StoredLinkConflict> {
  const personIds = [...new Set(finding.personIds)].toSorted();
  const id = conflictId(finding, personIds);
  const known = await store.load(linkConflicts, id);
  if (known !== null) return known;
  const data: LinkConflict = { ...finding, personIds, decision: null };
  try {
    const event = { change: 'LINK_CONFLICT_FOUND', personId: personIds[0] ?? null, at: finding.foundAt, by };
    const events = [changeEvent(`found:${id}`, event)];
    return { id, data, ...(await store.save(linkConflicts, { id, data, expectedVersion: 0, events })) };
  } catch (error) {
    const other = error instanceof StoreConflict ? await store.load(linkConflicts, id) : null;
    if (other === null) throw error;
    return other;
  }
}

/** The same finding has the same id, so that it cannot be recorded twice. */
function conflictId({ kind, department, localId }: LocalId & { kind: string }, personIds: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, department, localId, personIds]))
    .digest('base64url')
    .slice(0, 22);
}
