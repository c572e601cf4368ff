import { createHash, randomUUID } from 'node:crypto';
import { changeEvent, type Changing } from '../../adapters/audit/port.ts';
import { type Collection, type Store, StoreConflict, type Stored } from '../../adapters/store/port.ts';
import { isPlainText } from '../shared/plain-text.ts';
import { type Entry, writeKey } from './entry.ts';
import { type Refusal, refusal, type Warning } from './refusal.ts';

export interface ChangeServices {
  readonly store: Store;
  readonly by: Changing;
  /** Of whom the idempotency key is. */
  readonly client: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** An entry as it would be, or everything that is wrong with it. */
export type Judgement<Fields> =
  | { readonly fields: Fields; readonly retired?: boolean; readonly warnings?: readonly Warning[] }
  | { readonly refusals: readonly Refusal[] };

export interface EntryChange<Fields, T extends Entry> {
  readonly collection: Collection<T>;
  readonly id: string;
  /** The input field that `id` came in. */
  readonly idField?: string;
  readonly idempotencyKey: string;
  /** What is changed, whole: the same key with anything else is refused. */
  readonly input: unknown;
  /** The version that the change was made from; `null` = whichever there is. */
  readonly expectedVersion: number | null;
  /** E.g. `DIRECTORY_SERVICE_ENTERED`. */
  readonly type: string;
  /** Judged on the entry as it is at the moment of the change. */
  readonly judge: (present: Stored<T> | null) => Promise<Judgement<Fields>>;
  readonly dataOf: (fields: Fields, envelope: Entry) => T;
}

export interface EntryOutcome<T> {
  /** After the change; on a conflict as it is now; `null` on any other refusal. */
  readonly entry: Stored<T> | null;
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Warning[];
}

const ATTEMPTS = 20;
/** Keys remembered of an entry: as many changes may come before a lost answer is asked for again. */
const REMEMBERED = 20;

const refusedWith = <T>(refusals: readonly Refusal[], entry: Stored<T> | null = null): EntryOutcome<T> => ({
  entry,
  refusals,
  warnings: [],
});

/**
 * One change of one entry, with its audit record in the same step. The same client, key and input give the same result
 * again; a change made from another version than the present one changes nothing.
 */
export async function changeEntry<Fields, T extends Entry>(
  services: ChangeServices,
  change: EntryChange<Fields, T>,
): Promise<EntryOutcome<T>> {
  if (!isPlainText(change.idempotencyKey)) return refusedWith([refusal('INVALID', 'idempotencyKey')]);
  const digest = createHash('sha256')
    .update(JSON.stringify([change.type, change.id, change.expectedVersion, change.input]))
    .digest('base64url');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryToChange(services, change, digest);
    } catch (error) {
      // Somebody else was faster: look again at what there is now.
      if (attempt === ATTEMPTS || !(error instanceof StoreConflict)) throw error;
    }
  }
}

async function tryToChange<Fields, T extends Entry>(
  { store, by, client, now }: ChangeServices,
  change: EntryChange<Fields, T>,
  digest: string,
): Promise<EntryOutcome<T>> {
  const { collection, id, idempotencyKey: key, expectedVersion } = change;
  const [present, known] = await Promise.all([
    store.load(collection, id),
    store.findByKey(collection, writeKey(client, key)),
  ]);
  if (known !== null) {
    const before = known.data.writes.find((write) => write.client === client && write.key === key);
    const same = known.id === id && before?.digest === digest;
    return same ? { entry: known, refusals: [], warnings: [] } : refusedWith([refusal('KEY_REUSED', 'idempotencyKey')]);
  }
  const judged = await change.judge(present);
  if ('refusals' in judged) return refusedWith(judged.refusals);
  const version = present?.version ?? 0;
  if (expectedVersion !== null && expectedVersion !== version)
    return refusedWith([refusal('CONFLICT', 'expectedVersion')], present);
  const at = new Date(now()).toISOString();
  const data = change.dataOf(judged.fields, {
    retiredAt: judged.retired === true ? at : null,
    updatedAt: at,
    writes: [...(present?.data.writes ?? []).slice(1 - REMEMBERED), { client, key, digest }],
  });
  const events = [changeEvent(randomUUID(), { change: change.type, personId: null, at, by })];
  const saved = await store.save(collection, { id, data, expectedVersion: version, events });
  return { entry: { id, version: saved.version, data }, refusals: [], warnings: judged.warnings ?? [] };
}
