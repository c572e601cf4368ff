import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import type { CreateReferralInput } from '../../schema/generated/api-types.ts';
import { isMinor } from '../person/guardianship/age.ts';
import type { StoredPerson } from '../person/person.ts';
import { tooManyIdNumbers } from '../person/too-many-id-numbers.ts';
import { type VisiblePerson, visiblePersons } from '../person/visible-persons.ts';
import { isPlainText } from '../shared/plain-text.ts';
import { ageBandOf } from './age-band.ts';
import { basisFor } from './basis.ts';
import { CARE_PURPOSES, KIND_RULES } from './kind-rules.ts';
import type { Parties } from './parties.ts';
import { type ByNumber, byNumber, knownByNumber } from './person-by-number.ts';
import type { Referral, ReferralBasis } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import { type Refusal, refused } from './refusal.ts';

type BasisWanted = Parameters<typeof basisFor>[2];

/** Whom a new referral is about, as its maker names them. */
export type NamedPerson =
  | { readonly by: 'ID'; readonly visible: VisiblePerson }
  /** `known` = `null` for a report, whose person is found or registered once it is sure to be made. */
  | { readonly by: 'NUMBER'; readonly given: ByNumber; readonly known: StoredPerson | null };

/**
 * By hub id, whom the maker sees; of a report, by any basis of care at this moment, since harm is mostly found by who
 * cares. Or by ID number and name: a report by anybody, a referral on a consent that it names by a party without a department.
 * Throws `LIMIT_EXCEEDED`.
 */
export async function namedPerson(
  context: ReferralContext,
  input: CreateReferralInput,
  parties: Parties,
): Promise<NamedPerson | { readonly refusal: Refusal }> {
  const { personId, person } = input;
  if (person != null) return byNumberOf(context, { ...input, person }, parties);
  if (personId == null) return refused('INVALID', 'personId');
  const visible = (await context.visible.load(personId)) ?? (await seenInCare(context, input.kind, personId));
  return visible === null ? refused('NOT_FOUND', 'personId') : { by: 'ID', visible };
}

/** For making the report alone: it opens nothing to who reports, and stands in no decision of this request. */
async function seenInCare(
  { reads, request }: ReferralContext,
  kind: Referral['kind'],
  personId: string,
): Promise<VisiblePerson | null> {
  if (kind !== 'MANDATORY_REPORT') return null;
  for (const purpose of CARE_PURPOSES.filter((one) => request.caller.purposes.includes(one))) {
    const [seen = null] = await visiblePersons(reads, { ...request, purpose, note: () => {} }, [personId]);
    if (seen !== null) return seen;
  }
  return null;
}

/** What may not be said beside a number shows in the input alone, so that no refusal tells who is known. */
async function byNumberOf(
  context: ReferralContext,
  input: CreateReferralInput & { readonly person: NonNullable<CreateReferralInput['person']> },
  { requester }: Parties,
): Promise<NamedPerson | { readonly refusal: Refusal }> {
  const { personId, person, categories, suspectIds, basedOnId, consentId } = input;
  const { byNumber: may } = KIND_RULES[input.kind];
  if (personId != null || may === undefined || (may === 'BY_PARTIES' && requester.department !== null))
    return refused('INVALID', 'person');
  // Nobody shares what they do not see.
  if ((categories ?? []).length > 0) return refused('CATEGORY_NOT_ALLOWED', 'categories', '0');
  if ((suspectIds ?? []).length > 0) return refused('INVALID', 'suspectIds');
  if (basedOnId != null) return refused('INVALID', 'basedOnId');
  // Who has the paper has its id; a search by the hub would tell who consented to what.
  if (input.kind !== 'MANDATORY_REPORT' && consentId == null) return refused('INVALID', 'consentId');
  const given = isPlainText(person.name, 100) ? byNumber(context, { ...person, division: requester.division }) : null;
  if (given === null) return refused('INVALID', 'person');
  if (!context.idNumbers.mayTry(context.request.caller.client)) throw tooManyIdNumbers();
  const known = input.kind === 'MANDATORY_REPORT' ? null : await knownByNumber(context, given);
  return { by: 'NUMBER', given, known };
}

/** What it stands on. Of a report by number what the report says decides: the hub's own knowledge would show in it. */
export async function basisOf(
  context: ReferralContext,
  named: NamedPerson,
  { reasonCode, ...wanted }: BasisWanted & Pick<CreateReferralInput, 'reasonCode'>,
): Promise<ReferralBasis | null> {
  if (named.by === 'ID') return basisFor(context, named.visible.person, wanted);
  if (wanted.kind !== 'MANDATORY_REPORT') return named.known === null ? null : basisFor(context, named.known, wanted);
  // Who reports violence against an adult says thereby that they lack full capacity (反家庭暴力法 art. 14).
  const reported =
    isMinor(named.given.birthDate, shanghaiDay(context.reads.now())) || reasonCode === 'DOMESTIC_VIOLENCE';
  return reported ? { kind: 'MANDATORY_REPORT', until: null } : null;
}

export const ageBandNamed = (named: NamedPerson, now: number): Referral['ageBand'] =>
  ageBandOf(named.by === 'ID' ? named.visible.person.data : named.given, now);
