import { changeEvent } from '../../adapters/audit/port.ts';
import { StoreConflict } from '../../adapters/store/port.ts';
import type { CreateReferralInput } from '../../schema/generated/api-types.ts';
import type { StoredPerson } from '../person/person.ts';
import { isPlainText } from '../shared/plain-text.ts';
import { type Applied, appliedOf } from './applied-of.ts';
import { referralChange } from './changes/referral-change.ts';
import { clocksAfter } from './clocks/clocks-after.ts';
import { wrongIntake } from './intake.ts';
import { KIND_RULES } from './kind-rules.ts';
import { nothingElse } from './effects.ts';
import { ageBandNamed, basisOf, type NamedPerson, namedPerson } from './named-person.ts';
import { moveReferral } from './move-referral.ts';
import { type Parties, partiesOf } from './parties.ts';
import { registeredByNumber } from './person-by-number.ts';
import { parentFor } from './parent.ts';
import { intakeEvents } from './follow-intake.ts';
import { PRIORITIES, type Priority } from './codes.ts';
import {
  creationKey,
  firstReportKeys,
  type Referral,
  type ReferralBasis,
  referrals,
  type StoredReferral,
} from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import type { ReferralOutcome } from './referral-outcome.ts';
import { type Refusal, refused } from './refusal.ts';
import { reporterWithheld } from './reporter-withheld.ts';
import { sharedCategories } from './shared-categories.ts';
import { suspendSuspects } from './suspend-suspects.ts';
import { proseOf, sealFor } from './texts.ts';

const MAX_ATTACHMENTS = 20;

const no = (code: Refusal['code'], ...path: string[]): ReferralOutcome => ({
  referral: null,
  ...refused(code, ...path),
});

/** Refers somebody. Refused = nothing stored; the same key again = the same referral, made once. */
export async function createReferral(context: ReferralContext, input: CreateReferralInput): Promise<ReferralOutcome> {
  const { request, reads } = context;
  if (!isPlainText(input.idempotencyKey)) return no('INVALID', 'idempotencyKey');
  const applied = appliedOf(context, input);
  const before = await withKey(context, applied);
  if (before !== null) return before;
  if (!KIND_RULES[input.kind].purposes.includes(request.purpose)) return no('WRONG_PURPOSE', 'kind');
  const parties = await partiesOf(context, { ...input, requester: input.requester ?? null });
  if ('refusal' in parties) return { referral: null, ...parties };
  const named = await namedPerson(context, input, parties);
  if ('refusal' in named) return { referral: null, ...named };
  const { departments } = reads;
  const { caller } = request;
  const { target } = parties;
  const shared =
    named.by === 'NUMBER'
      ? NOTHING_SHARED
      : sharedCategories(input.categories ?? [], { departments, caller, visible: named.visible, target });
  if (shared.refusal !== null) return { referral: null, refusal: shared.refusal };
  const checked = await checkedFor(context, input, { parties, named, categories: shared.categories });
  if ('refusal' in checked) return { referral: null, ...checked };
  return (
    (await refusedByParent(context, checked, { idempotencyKey: input.idempotencyKey, applied })) ??
    save(context, { input, applied, ...checked })
  );
}

const NOTHING_SHARED = { categories: [], refusal: null } as const;

async function withKey({ reads }: ReferralContext, applied: Applied): Promise<ReferralOutcome | null> {
  const known = await reads.store.findByKey(referrals, creationKey(applied));
  if (known === null) return null;
  return known.data.applied[0]?.digest === applied.digest
    ? { referral: known, refusal: null }
    : no('KEY_REUSED', 'idempotencyKey');
}

interface Checked {
  readonly parties: Parties;
  readonly named: NamedPerson;
  readonly categories: readonly string[];
  readonly basis: ReferralBasis;
  readonly parent: StoredReferral | null;
  /** The parent's target hands on: its own history has to say so. */
  readonly isOnward: boolean;
}

/** What the kind demands beside its parties: where it goes on from, what it carries, what it stands on. */
async function checkedFor(
  context: ReferralContext,
  input: CreateReferralInput,
  known: Pick<Checked, 'parties' | 'named' | 'categories'>,
): Promise<Checked | { readonly refusal: Refusal }> {
  const { needs } = KIND_RULES[input.kind];
  const { parties, named, categories } = known;
  const found = await parentFor(context, input, parties);
  if ('refusal' in found) return found;
  const { parent, isOnward } = found;
  if (needs === 'DISCHARGE_ASSESSMENT' && input.dischargeAssessment == null)
    return refused('DISCHARGE_ASSESSMENT_MISSING', 'dischargeAssessment');
  const wrong = (await wrongIntake(context, input)) ?? wrongText(input);
  if (wrong !== null) return wrong;
  const wayBackOf = parent?.data.basis.kind === 'CONSENT' ? parent.data.basis.consentId : null;
  const basis = await basisOf(context, named, {
    kind: input.kind,
    reasonCode: input.reasonCode,
    target: parties.target,
    categories,
    consentId: input.consentId ?? null,
    wayBackOf: input.kind === 'GREEN_CHANNEL' ? wayBackOf : null,
  });
  if (basis === null) return refused('BASIS_MISSING', ...(input.consentId == null ? [] : ['consentId']));
  const suspects = named.by === 'ID' ? await suspendSuspects(context, named.visible.person, input) : null;
  return suspects ?? { parties, named, categories, basis, parent, isOnward };
}

/**
 * An onward referral is a move of its parent, made first: one that ended meanwhile hands nobody on, and both its sides
 * are told. It is known by the child's key, so that whoever died in between asks again without a second effect. `null` =
 * made, or there is none to make.
 */
async function refusedByParent(
  context: ReferralContext,
  { parent, isOnward }: Pick<Checked, 'parent' | 'isOnward'>,
  { idempotencyKey, applied }: { readonly idempotencyKey: string; readonly applied: Applied },
): Promise<ReferralOutcome | null> {
  if (parent === null || !isOnward) return null;
  const input = { referralId: parent.id, expectedVersion: parent.version, idempotencyKey };
  const { refusal } = await moveReferral(context, input, {
    move: 'REFER_ONWARD',
    effect: nothingElse,
    content: applied.digest,
  });
  if (refusal === null) return null;
  const path = refusal.code === 'KEY_REUSED' ? refusal.path : ['basedOnId'];
  // The parent is no answer to who asked for a new referral.
  return { referral: null, refusal: { ...refusal, path } };
}

function wrongText(input: CreateReferralInput): { readonly refusal: Refusal } | null {
  const { reason, dischargeAssessment: assessment, platformNumber, attachments } = input;
  if (proseOf(reason) === undefined) return refused('INVALID', 'reason');
  if (proseOf(assessment?.summary) === undefined) return refused('INVALID', 'dischargeAssessment', 'summary');
  if (assessment?.reference != null && !isPlainText(assessment.reference))
    return refused('INVALID', 'dischargeAssessment', 'reference');
  if (platformNumber != null && !isPlainText(platformNumber, 100)) return refused('INVALID', 'platformNumber');
  const given = attachments ?? [];
  const taken = given.every(({ title, reference }) => isPlainText(title) && isPlainText(reference));
  return taken && given.length <= MAX_ATTACHMENTS ? null : refused('INVALID', 'attachments');
}

async function save(
  context: ReferralContext,
  { input, applied, ...checked }: Checked & { readonly input: CreateReferralInput; readonly applied: Applied },
): Promise<ReferralOutcome> {
  const { reads, newId } = context;
  const now = reads.now();
  const at = new Date(now).toISOString();
  // Begins with the instant, so that every list is in the order of creation.
  const id = `${now.toString(36).padStart(9, '0')}-${newId()}`;
  const person = await personOf(context, checked.named, applied);
  if ('refusal' in person) return { referral: null, ...person };
  const made = await newReferral(context, { id, now, input, applied, person, ...checked });
  for (let tries = 1; ; tries += 1) {
    const outcome = await keep(context, { id, at, data: { ...made, ...(await sourceOf(context, made)) }, applied });
    if (outcome !== 'NOT_FIRST') return outcome;
    if (tries === ATTEMPTS) throw new Error('No end of first reports about one person.');
  }
}

const ATTEMPTS = 20;

/** Whether the recipient of a report is told who reported. */
const sourceOf = async ({ reads }: ReferralContext, made: Referral) =>
  made.kind === 'MANDATORY_REPORT' ? reporterWithheld(reads.store, made) : {};

/** `NOT_FIRST` = another report of the same requester became the first meanwhile; nothing is stored. */
async function keep(
  context: ReferralContext,
  { id, at, data, applied }: { id: string; at: string; data: Referral; applied: Applied },
): Promise<ReferralOutcome | 'NOT_FIRST'> {
  const { reads, newId, by, changed } = context;
  const { personId, kind, state, requester, target } = data;
  const events = [
    changeEvent(newId(), { change: 'REFERRAL_CREATE', personId, at, by }),
    referralChange(newId(), {
      referralId: id,
      kind,
      change: 'CREATE',
      state,
      version: 1,
      at,
      parties: [requester, target],
    }),
    ...intakeEvents(newId, data, null),
  ];
  try {
    const { version } = await reads.store.save(referrals, { id, data, expectedVersion: 0, events });
    changed();
    return { referral: { id, version, data }, refusal: null };
  } catch (error) {
    if (!(error instanceof StoreConflict) || error.key === null) throw error;
    // Asked twice at once: the other was faster.
    const before = await withKey(context, applied);
    if (before !== null) return before;
    if (firstReportKeys(data).includes(error.key)) return 'NOT_FIRST';
    return error.key === creationKey(applied) ? no('KEY_REUSED', 'idempotencyKey') : no('INTAKE_USED', 'intakeId');
  }
}

/** Whom a report names by number is registered only now that nothing else stands against it. */
async function personOf(
  context: ReferralContext,
  named: NamedPerson,
  applied: Applied,
): Promise<StoredPerson | { readonly refusal: Refusal }> {
  if (named.by === 'ID') return named.visible.person;
  return named.known ?? registeredByNumber(context, named.given, applied);
}

interface New extends Checked {
  readonly person: StoredPerson;
  readonly id: string;
  readonly now: number;
  readonly input: CreateReferralInput;
  readonly applied: Applied;
}

async function newReferral(context: ReferralContext, made: New): Promise<Referral> {
  const { id, now, input, applied, parties, named, person, categories, basis, parent } = made;
  const { caller } = context.request;
  const at = new Date(now).toISOString();
  const seal = sealFor(context.vault, { id, personId: person.id });
  const sealed = async (field: string, text: string | null | undefined) => {
    const prose = proseOf(text);
    return prose == null ? null : seal(field, prose);
  };
  const { kind, reasonCode, dischargeAssessment: assessment } = input;
  const opening = { kind, priority: priorityOf(input), clocks: [] };
  return {
    ...opening,
    state: 'REQUESTED',
    personId: person.id,
    namedByNumber: named.by === 'NUMBER',
    numberHash: kind === 'MANDATORY_REPORT' ? numberHashOf(named, person) : null,
    ageBand: ageBandNamed(named, now),
    division: person.data.division,
    requester: parties.requester,
    target: parties.target,
    serviceId: parties.serviceId,
    reasonCode,
    reason: await sealed('reason', input.reason),
    categories,
    basis,
    basedOn: parent?.id ?? null,
    reporterWithheld: false,
    isFirstReport: false,
    suspects: [...new Set(input.suspectIds ?? [])],
    intakeId: input.intakeId ?? null,
    createdAt: at,
    acceptedAt: null,
    finishedAt: null,
    endedAt: null,
    loopClosedAt: null,
    rejection: null,
    outcome: null,
    ending: null,
    basisEndedAt: null,
    clocks: clocksAfter('CREATE', opening, { at: now, calendar: context.calendar }),
    appointment: null,
    dischargeAssessment:
      assessment == null
        ? null
        : {
            assessedOn: assessment.assessedOn,
            reference: assessment.reference?.trim() ?? null,
            summary: await sealed('dischargeAssessment', assessment.summary),
          },
    platformNumber: input.platformNumber?.trim() ?? null,
    attachments: (input.attachments ?? []).map(({ title, reference }) => ({ title, reference })),
    messages: [],
    followUps: [],
    team: [],
    history: [
      {
        move: 'CREATE',
        at,
        version: 1,
        state: 'REQUESTED',
        role: 'REQUESTER',
        organisation: parties.requester.organisation,
        subject: caller.subject,
      },
    ],
    applied: [{ ...applied, version: 1 }],
  };
}

/** The one that was said: an entry under a name that contradicts another's has none. */
const numberHashOf = (named: NamedPerson, { data }: StoredPerson): string | null =>
  named.by === 'NUMBER' ? named.given.idHash : data.idHash;

/** What was asked for, raised to what the kind demands. */
function priorityOf({ kind, priority = 'ROUTINE' }: Pick<CreateReferralInput, 'kind' | 'priority'>): Priority {
  const rank = (one: Priority) => PRIORITIES.indexOf(one);
  const least = KIND_RULES[kind].priorityAtLeast;
  return rank(priority) < rank(least) ? least : priority;
}
