import { randomUUID } from 'node:crypto';
import type { Store } from '../../../adapters/store/port.ts';
import type { Caller } from '../../shared/caller.ts';
import { capacities, capacityFields } from '../capacity.ts';
import type { ChangeServices, EntryOutcome } from '../change-entry.ts';
import type { Entry } from '../entry.ts';
import type { Rules } from '../entry-rules.ts';
import { type Refusal, refusal, type Warning } from '../refusal.ts';
import { setCapacity } from '../set-capacity.ts';
import { tidy } from '../tidy.ts';
import {
  checkFields,
  type EntryKind,
  locationKind,
  organisationKind,
  professionalKind,
  serviceKind,
  upsertEntry,
} from '../upsert-entry.ts';
import { type LoadedRow, ROW_KINDS } from './loaded-row.ts';
import { inOrder } from './in-order.ts';

const CLIENT = 'directory-load';

/** What became of a row. */
export type RowResult =
  | { readonly row: LoadedRow; readonly is: 'ENTERED' | 'CHANGED' | 'UNCHANGED'; readonly warnings: readonly Warning[] }
  | { readonly row: LoadedRow; readonly is: 'NOT_TAKEN'; readonly refusals: readonly Refusal[] }
  | { readonly row: LoadedRow; readonly is: 'DUPLICATE_ROW' };

interface Loading {
  readonly store: Store;
  /** Whose rights count; `null` = the operator's, who may maintain everything. */
  readonly caller: Caller | null;
  readonly departments: ReadonlySet<string>;
  readonly now: () => number;
}

/**
 * Puts rows into the directory, one after the other, what is referred to first: each is checked as a mutation is, and
 * written only where it differs from what is there. Stopped anywhere and started again it does the rest.
 */
export async function* loadRows(rows: readonly LoadedRow[], loading: Loading): AsyncGenerator<RowResult> {
  const taken = new Set<string>();
  for (const kind of ROW_KINDS)
    for (const row of inOrder(rows.filter((one) => one.kind === kind))) {
      const name = `${kind} ${String(row.fields['id'])}`;
      const result: RowResult = taken.has(name) ? { row, is: 'DUPLICATE_ROW' } : await loadRow(row, loading);
      if (result.is !== 'NOT_TAKEN') taken.add(name);
      yield result;
    }
}

async function loadRow(row: LoadedRow, loading: Loading): Promise<RowResult> {
  switch (row.kind) {
    case 'organisations':
      return loadEntry(row, organisationKind, loading);
    case 'locations':
      return loadEntry(row, locationKind, loading);
    case 'professionals':
      return loadEntry(row, professionalKind, loading);
    case 'services':
      return loadEntry(row, serviceKind, loading);
    case 'capacities':
      return loadCapacity(row, loading);
  }
}

async function loadEntry<Fields, T extends Fields & Entry>(
  row: LoadedRow,
  kind: EntryKind<Fields, T>,
  loading: Loading,
): Promise<RowResult> {
  const id = idOf(row);
  const given = { ...row.fields, id };
  const checked = checkFields(kind, given);
  if ('refusals' in checked) return { row, is: 'NOT_TAKEN', refusals: checked.refusals };
  const present = await loading.store.load(kind.collection, id);
  if (present !== null && present.data.retiredAt === null && isSame(kind, present.data, checked.fields))
    return { row, is: 'UNCHANGED', warnings: [] };
  const input = { ...given, expectedVersion: present?.version ?? 0, idempotencyKey: randomUUID() };
  return resultOf(row, await upsertEntry(kind, input, changing(loading)), present === null);
}

/** Both through the same schema: the same fields in the same order, with the same defaults. */
function isSame<Fields, T extends Fields & Entry>(kind: EntryKind<Fields, T>, present: T, fields: Fields): boolean {
  return JSON.stringify(kind.fields.parse(present)) === JSON.stringify(fields);
}

async function loadCapacity(row: LoadedRow, loading: Loading): Promise<RowResult> {
  const { id: _id, ...given } = row.fields;
  const parsed = capacityFields.safeParse(tidy(given));
  if (!parsed.success)
    return {
      row,
      is: 'NOT_TAKEN',
      refusals: parsed.error.issues.map(({ path }) => refusal('INVALID', ...path.map(String))),
    };
  const serviceId = idOf(row);
  const present = await loading.store.load(capacities, serviceId);
  if (present !== null && JSON.stringify(capacityFields.parse(present.data)) === JSON.stringify(parsed.data))
    return { row, is: 'UNCHANGED', warnings: [] };
  const outcome = await setCapacity({ serviceId, idempotencyKey: randomUUID(), ...parsed.data }, changing(loading));
  return resultOf(row, outcome, present === null);
}

const idOf = ({ fields }: LoadedRow): string => {
  const { id } = fields;
  return typeof id === 'string' || typeof id === 'number' ? String(tidy(String(id), 'id')) : '';
};

function resultOf<T>(row: LoadedRow, { refusals, warnings }: EntryOutcome<T>, isNew: boolean): RowResult {
  if (refusals.length > 0) return { row, is: 'NOT_TAKEN', refusals };
  return { row, is: isNew ? 'ENTERED' : 'CHANGED', warnings };
}

function changing({ store, caller, departments, now }: Loading): { services: ChangeServices; rules: Rules } {
  return {
    services: { store, now, client: CLIENT, by: { request: null, actor: null, purpose: null } },
    rules: { store, caller, departments, now },
  };
}
