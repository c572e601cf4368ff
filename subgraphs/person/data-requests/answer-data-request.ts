import { randomUUID } from 'node:crypto';
import { isWithin } from '../../../adapters/shared/division.ts';
import { changeEvent } from '../../../adapters/audit/port.ts';
import { StoreConflict } from '../../../adapters/store/port.ts';
import type { AnswerDataRequestInput } from '../../../schema/generated/api-types.ts';
import type { HubRequest } from '../../shared/hub-request.ts';
import { ownLinks } from '../access/own-links.ts';
import { persons, type StoredPerson } from '../person.ts';
import { type PersonServices, refused } from '../person-outcome.ts';
import { type DataRequest, dataRequests, textPlace } from './data-request.ts';
import type { DataRequestOutcome } from './request-data.ts';

const TRIES = 5;
const MAX_TEXT = 2_000;
/** Who answers for what the hub itself holds. */
const AUDITOR = 'auditor';

/** Whose matter a request is: the owning department's where it keeps a record or the person lives; the hub's own, the auditor's. */
export function mayAnswer(
  { caller }: Pick<HubRequest, 'caller'>,
  { department }: DataRequest,
  person: StoredPerson,
): boolean {
  if (caller.personId !== null || caller.division === null) return false;
  if (department === null) return caller.department === null && caller.roles.includes(AUDITOR);
  if (caller.department !== department) return false;
  return isWithin(person.data.division, caller.division) || ownLinks({ caller }, person.data.links).length > 0;
}

/**
 * Answers once. Where the hub's own texts are to be deleted they are destroyed after the answer is kept, and again if
 * somebody asks after a crash in between: what was answered with DONE is done.
 */
export async function answerDataRequest(
  { services, request }: { services: PersonServices; request: HubRequest },
  { dataRequestId: id, outcome, text }: AnswerDataRequestInput,
): Promise<DataRequestOutcome> {
  const { store, vault, now, by } = services;
  const no = (code: 'INVALID' | 'NOT_FOUND' | 'ALREADY_DECIDED', path: string): DataRequestOutcome => ({
    request: null,
    refusal: refused(code, path).refusal,
  });
  const words = text.trim();
  if (words === '' || words.length > MAX_TEXT) return no('INVALID', 'text');
  for (let tries = 1; ; tries += 1) {
    const found = await store.load(dataRequests, id);
    const person = found === null ? null : await store.load(persons, found.data.personId);
    if (found === null || person === null || !mayAnswer(request, found.data, person))
      return no('NOT_FOUND', 'dataRequestId');
    const { personId } = found.data;
    if (found.data.answer !== null) {
      if (shreds(found.data)) await vault.shred(personId);
      return no('ALREADY_DECIDED', 'dataRequestId');
    }
    const at = new Date(now()).toISOString();
    const answered = { outcome, by: request.caller.subject, at };
    const sealed = shreds({ ...found.data, answer: { ...answered, text: null } })
      ? null
      : await vault.seal(words, textPlace(id, personId, 'answer'));
    const data: DataRequest = { ...found.data, answer: { ...answered, text: sealed } };
    const events = [changeEvent(randomUUID(), { change: `${data.kind}_ANSWERED`, personId, at, by })];
    try {
      const { version } = await store.save(dataRequests, { id, data, expectedVersion: found.version, events });
      if (shreds(data)) await vault.shred(personId);
      return { request: { id, version, data }, refusal: null };
    } catch (error) {
      if (tries === TRIES || !(error instanceof StoreConflict)) throw error;
    }
  }
}

function shreds({ kind, department, answer }: DataRequest): boolean {
  return kind === 'DELETION' && department === null && answer?.outcome === 'DONE';
}
