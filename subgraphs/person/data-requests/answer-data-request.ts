import { randomUUID } from 'node:crypto';
import { isWithin } from '../../../adapters/shared/division.ts';
import { changeEvent } from '../../../adapters/audit/port.ts';
import { StoreConflict } from '../../../adapters/store/port.ts';
import type { AnswerDataRequestInput } from '../../../schema/generated/api-types.ts';
import type { HubRequest } from '../../shared/hub-request.ts';
import { isProse } from '../../shared/plain-text.ts';
import { ownLinks } from '../access/own-links.ts';
import { persons, type StoredPerson } from '../person.ts';
import { type PersonServices, refused } from '../person-outcome.ts';
import { type DataRequest, dataRequests, shreds, type StoredDataRequest, textPlace } from './data-request.ts';
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
 * Answers once. Where the hub's own texts are to be deleted they are destroyed after the answer is kept, also if somebody
 * asks only after a crash in between; once it is noted that they are, never again: later texts are not what was asked for.
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
  if (words === '' || !isProse(words, MAX_TEXT)) return no('INVALID', 'text');
  for (let tries = 1; ; tries += 1) {
    const found = await store.load(dataRequests, id);
    const person = found === null ? null : await store.load(persons, found.data.personId);
    if (found === null || person === null || !mayAnswer(request, found.data, person))
      return no('NOT_FOUND', 'dataRequestId');
    const { personId } = found.data;
    if (found.data.answer !== null) {
      await shredOnce(services, found);
      return no('ALREADY_DECIDED', 'dataRequestId');
    }
    const at = new Date(now()).toISOString();
    const answered = { outcome, by: request.caller.subject, at, shreddedAt: null };
    const sealed = shreds({ ...found.data, answer: { ...answered, text: null } })
      ? null
      : await vault.seal(words, textPlace(id, personId, 'answer'));
    const data: DataRequest = { ...found.data, answer: { ...answered, text: sealed } };
    const events = [changeEvent(randomUUID(), { change: `${data.kind}_ANSWERED`, personId, at, by })];
    try {
      const { version } = await store.save(dataRequests, { id, data, expectedVersion: found.version, events });
      await shredOnce(services, { id, version, data });
      return { request: { id, version, data }, refusal: null };
    } catch (error) {
      if (tries === TRIES || !(error instanceof StoreConflict)) throw error;
    }
  }
}

/** Destroys first, notes it afterwards: a crash in between destroys again, never not at all. */
export async function shredOnce(
  { store, vault, now, by }: Pick<PersonServices, 'store' | 'vault' | 'now' | 'by'>,
  { id, version, data }: StoredDataRequest,
): Promise<void> {
  const { personId, answer } = data;
  if (answer === null || answer.shreddedAt !== null || !shreds(data)) return;
  await vault.shred(personId);
  const at = new Date(now()).toISOString();
  const event = changeEvent(randomUUID(), { change: 'TEXTS_DESTROYED', personId, at, by });
  const noted: DataRequest = { ...data, answer: { ...answer, shreddedAt: at } };
  try {
    await store.save(dataRequests, { id, data: noted, expectedVersion: version, events: [event] });
  } catch (error) {
    // Nothing else changes an answered request: somebody noted it at the same time.
    if (!(error instanceof StoreConflict)) throw error;
  }
}
