import { changeEvent } from '../../../adapters/audit/port.ts';
import { StoreConflict } from '../../../adapters/store/port.ts';
import type { DataRequestInput } from '../../../schema/generated/api-types.ts';
import type { Department } from '../../../schema/departments.ts';
import { isProse } from '../../shared/plain-text.ts';
import type { OwnSubject } from '../own-view/own-subject.ts';
import { type PersonServices, type Refusal, refused } from '../person-outcome.ts';
import { ANSWER_WITHIN_MS, type DataRequest, dataRequests, type StoredDataRequest, textPlace } from './data-request.ts';

const MAX_TEXT = 2_000;

export type DataRequestOutcome =
  | { readonly request: StoredDataRequest; readonly refusal: null }
  | { readonly request: null; readonly refusal: Refusal };

const no = (code: Refusal['code'], ...path: string[]): DataRequestOutcome => ({
  request: null,
  refusal: refused(code, ...path).refusal,
});

/** Asks the department that owns the records, whether it has any or not: that shows in its answer alone. */
export async function requestData(
  { services, departments }: { services: PersonServices; departments: readonly Department[] },
  subject: OwnSubject,
  { kind, requestedBy, input }: { kind: DataRequest['kind']; requestedBy: string; input: DataRequestInput },
): Promise<DataRequestOutcome> {
  const { store, vault, now, by, newId } = services;
  const department = input.department ?? null;
  const categories = [...new Set(input.categories ?? [])];
  const own = departments.find(({ code }) => code === department);
  if (categories.some((name) => !own?.categories.some((one) => one.name === name)))
    return no('UNKNOWN_CATEGORY', 'categories');
  const text = input.text?.trim() ?? '';
  if (!isProse(text, MAX_TEXT) || (kind === 'CORRECTION' && text === '')) return no('INVALID', 'text');
  const key = input.idempotencyKey.trim();
  if (key === '' || key.length > 200) return no('INVALID', 'idempotencyKey');
  const id = newId();
  const { id: personId } = subject.person;
  const at = now();
  const data: DataRequest = {
    personId,
    kind,
    department,
    categories,
    textDigest: vault.blindIndex('data-request-text', JSON.stringify([requestedBy, key, text])),
    text: text === '' ? null : await vault.seal(text, textPlace(id, personId, 'text')),
    requestedBy,
    requestedAt: new Date(at).toISOString(),
    dueAt: new Date(at + ANSWER_WITHIN_MS).toISOString(),
    idempotencyKey: key,
    answer: null,
  };
  const event = changeEvent(`data-request:${id}`, { change: `${kind}_REQUESTED`, personId, at: data.requestedAt, by });
  try {
    const { version } = await store.save(dataRequests, { id, data, expectedVersion: 0, events: [event] });
    return { request: { id, version, data }, refusal: null };
  } catch (error) {
    if (!(error instanceof StoreConflict) || error.key === null) throw error;
    const known = await store.findByKey(dataRequests, error.key);
    return known !== null && isSame(known.data, data)
      ? { request: known, refusal: null }
      : no('KEY_REUSED', 'idempotencyKey');
  }
}

/** The texts are sealed each time anew: their digests tell whether they are the same. */
function isSame(known: DataRequest, asked: DataRequest): boolean {
  const seen = ({ personId, kind, department, categories }: DataRequest) =>
    JSON.stringify([personId, kind, department, categories]);
  return seen(known) === seen(asked) && (known.textDigest ?? asked.textDigest) === asked.textDigest;
}
