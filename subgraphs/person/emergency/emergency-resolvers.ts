import { GraphQLError } from 'graphql';
import { AuditUnavailable } from '../../../adapters/audit/port.ts';
import { isWithin } from '../../../adapters/shared/division.ts';
import { endOfShanghaiDay } from '../../../adapters/shared/shanghai-day.ts';
import { walk } from '../../../adapters/store/walk.ts';
import type {
  MutationBeginEmergencyAccessArgs,
  MutationReviewEmergencyAccessArgs,
  QueryEmergencyFiguresArgs,
  QueryEmergencyReviewsArgs,
} from '../../../schema/generated/api-types.ts';
import { connection, pageSize } from '../../shared/connection.ts';
import type { RootField } from '../../shared/root-field.ts';
import type { PersonContext } from '../person-context.ts';
import { cameByNumber } from '../made-decisions.ts';
import { refused } from '../person-outcome.ts';
import { idHashKey, persons, type StoredPerson } from '../person.ts';
import { tooManyIdNumbers } from '../too-many-id-numbers.ts';
import { userErrors } from '../user-errors.ts';
import { matchPerson } from '../visible-persons.ts';
import { beginEmergency } from './begin-emergency.ts';
import {
  type EmergencyAccess,
  emergencyAccesses,
  emergencyTextPlace,
  type StoredEmergencyAccess,
} from './emergency-access.ts';
import { isOwn, mayReview, REVIEW_WITHIN_MS, reviewEmergency } from './review-emergency.ts';
import { isWholeMonths } from './whole-months.ts';

export const emergencyMutations = {
  beginEmergencyAccess: async (
    _root: unknown,
    { input }: MutationBeginEmergencyAccessArgs,
    context: PersonContext,
    root: RootField,
  ) => {
    const none = { emergencyAccess: null, person: null };
    const meant = await wantedPerson(input, context);
    if (meant === null) return { ...none, userErrors: userErrors(refused('INVALID', 'personId').refusal) };
    const { services, request, emergencySpool } = context;
    const { reason, idempotencyKey } = input;
    const work = { services, request, spool: emergencySpool };
    const { access, refusal } = await beginEmergency(work, { ...meant, reason, idempotencyKey }).catch(unavailable);
    // Whoever was looked up is noted; that a number was given, also where nobody was.
    if (!meant.wasLookedUp()) context.deciding.note(cameByNumber(null));
    if (access === null) return { ...none, userErrors: userErrors(refusal) };
    const { id, data } = access;
    context.decisions.noteMatter(data.personId, root);
    const person = await context.persons.clear(data.personId).load(data.personId);
    return { emergencyAccess: { id, from: data.from, to: data.to }, person, userErrors: [] };
  },
  reviewEmergencyAccess: async (
    _root: unknown,
    { input }: MutationReviewEmergencyAccessArgs,
    context: PersonContext,
    root: RootField,
  ) => {
    const { id, personId, refusal } = await reviewEmergency(context, input);
    if (personId !== null) context.decisions.noteMatter(personId, root);
    return { emergencyAccessId: id, userErrors: userErrors(refusal) };
  },
};

interface Meant {
  readonly by: 'personId' | 'idNumber';
  readonly find: () => Promise<StoredPerson | null>;
  readonly wasLookedUp: () => boolean;
}

/** By hub id or by ID number; `null` where it is not exactly one. Whom it leads to is noted whatever comes of it. */
async function wantedPerson(
  { personId = null, idNumber = null }: MutationBeginEmergencyAccessArgs['input'],
  context: PersonContext,
): Promise<Meant | null> {
  if (personId !== null && idNumber === null) {
    context.asked('id', personId);
    await context.persons.load(personId);
    return { by: 'personId', find: () => context.reads.store.load(persons, personId), wasLookedUp: () => true };
  }
  return personId === null && idNumber !== null ? byNumber(idNumber, context) : null;
}

function byNumber(idNumber: string, { reads, deciding, asked }: PersonContext): Meant {
  asked('idNumber', idNumber);
  let lookedUp = false;
  const find = async () => {
    lookedUp = true;
    if ((await matchPerson(reads, deciding, idNumber)) === 'LIMITED') throw tooManyIdNumbers();
    return reads.store.findByKey(persons, idHashKey(reads.idNumberHash(idNumber) ?? ''));
  };
  return { by: 'idNumber', find, wasLookedUp: () => lookedUp };
}

function unavailable(error: unknown): never {
  if (!(error instanceof AuditUnavailable)) throw error;
  throw new GraphQLError(error.message, { extensions: { code: error.code } });
}

export const emergencyQueries = {
  emergencyReviews: async (
    _root: unknown,
    { first, after = null }: QueryEmergencyReviewsArgs,
    context: PersonContext,
    root: RootField,
  ) => {
    const { reads, request } = context;
    const wanted = pageSize(first);
    const items: (StoredEmergencyAccess & { readonly cursor: string })[] = [];
    const page = (more: boolean) => connection(items, { more, after }, (item) => review(item, context, root));
    for await (const one of walk(reads.store, emergencyAccesses, { index: 'byReview', value: 'OPEN', cursor: after })) {
      if (!mayReview(request.caller, one.data) || isOwn(request.caller, one.data)) continue;
      if (items.length === wanted) return page(true);
      items.push(one);
    }
    return page(false);
  },
  emergencyFigures: async (
    _root: unknown,
    { from, to }: QueryEmergencyFiguresArgs,
    { reads, request }: PersonContext,
  ) => {
    const { division } = request.caller;
    if (request.purpose !== 'STATISTICS' || division === null)
      throw new GraphQLError('Figures are read with the purpose STATISTICS (x-purpose-of-use).', {
        extensions: { code: 'BAD_USER_INPUT' },
      });
    if (!isWholeMonths(from, to, reads.now()))
      throw new GraphQLError('Figures are of whole months that are over: from the first of one to the last of one.', {
        extensions: { code: 'BAD_USER_INPUT' },
      });
    const [begin, end] = [Date.parse(`${from}T00:00:00+08:00`), endOfShanghaiDay(to)];
    const figures = new Map<string, Figure>();
    for (const value of (await reads.store.countBy(emergencyAccesses, 'byUnit')).keys()) {
      for await (const { data } of walk(reads.store, emergencyAccesses, { index: 'byUnit', value })) {
        const at = Date.parse(data.from);
        if (at >= begin && at < end && isWithin(data.division, division)) count(figures, data);
      }
    }
    return [...figures.values()];
  },
};

interface Figure {
  readonly department: string | null;
  readonly organisation: string | null;
  accesses: number;
  justified: number;
  notJustified: number;
  open: number;
}

function count(figures: Map<string, Figure>, { department, organisation, review: found }: EmergencyAccess): void {
  const key = JSON.stringify([department, organisation]);
  const figure = figures.get(key) ?? { department, organisation, accesses: 0, justified: 0, notJustified: 0, open: 0 };
  figures.set(key, figure);
  figure.accesses += 1;
  if (found === null) figure.open += 1;
  else if (found.verdict === 'JUSTIFIED') figure.justified += 1;
  else figure.notJustified += 1;
}

function review({ id, data }: StoredEmergencyAccess, { services, reads, decisions }: PersonContext, root: RootField) {
  decisions.noteMatter(data.personId, root);
  const due = Date.parse(data.to) + REVIEW_WITHIN_MS;
  return {
    ...data,
    id,
    reason: () =>
      data.reason === null ? null : services.vault.open(data.reason, emergencyTextPlace(id, data.personId, 'reason')),
    dueAt: new Date(due).toISOString(),
    overdue: reads.now() > due,
  };
}
