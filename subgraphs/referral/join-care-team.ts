import { isDeepStrictEqual } from 'node:util';
import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import type { CareTeamMember } from '../person/care-team.ts';
import { membersInForce } from '../person/care-team.ts';
import type { Person } from '../person/person.ts';
import type { ChangeServices } from '../person/person-outcome.ts';
import { updatePerson } from '../person/update-person.ts';
import type { Department } from '../../schema/departments.ts';
import { DESIGNATED_STAFF } from '../person/access/access-decision.ts';
import type { Caller } from '../shared/caller.ts';
import { isPlainText } from '../shared/plain-text.ts';
import { followReferrals } from './follow-referrals.ts';
import type { Effect, Moving } from './move-referral.ts';
import type { StoredReferral } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';
import { referralFacts } from './referral-facts.ts';
import { refused } from './refusal.ts';
import { TEAM_JOINED } from './team-joined.ts';

interface Joining {
  readonly referralId: string;
  /** The token's `sub`. */
  readonly worker: string;
  readonly role: string;
  readonly categories: readonly string[];
  readonly lead: boolean;
}

const MAX_MEMBERS = 200;
/** Roles of systems: a member is a human being. */
const SYSTEMS = new Set(['department-system', 'party-system']);

const isItself = ({ subject, roles }: Caller, worker: string) =>
  worker === subject && roles.some((role) => SYSTEMS.has(role));

const isCustodian = (departments: readonly Department[]) => (name: string) =>
  departments.some(({ categories }) => categories.some((one) => one.name === name && one.custodian));

/**
 * A named worker of the target joins the person's care team on the ground of this referral, for categories that it
 * lists; the membership stands and ends with the sharing. The referral says who joins, the team follows (`followTeam`):
 * whose move was overtaken has not joined, and a crash in between loses nothing.
 */
export function joinsCareTeam({ persons, reads, request }: ReferralContext, joining: Joining): Effect {
  return async ({ referral, at }) => {
    const { worker, role, categories } = joining;
    if (!isPlainText(worker) || isItself(request.caller, worker)) return refused('INVALID', 'worker').refusal;
    if (!isPlainText(role)) return refused('INVALID', 'role').refusal;
    if (categories.length === 0 || !categories.every((name) => referral.categories.includes(name)))
      return refused('CATEGORY_NOT_ALLOWED', 'categories').refusal;
    // Who keeps the files names who may read them (domain, section 2); nobody else, themselves least of all.
    if (!request.caller.roles.includes(DESIGNATED_STAFF) && categories.some(isCustodian(reads.departments)))
      return refused('CATEGORY_NOT_ALLOWED', 'categories').refusal;
    const member = newMember(referral, joining, at);
    const person = await persons.load(referral.personId);
    const [facts] = await reads.sharedFacts.ofPersons([referral.personId]);
    if (person === null || facts === undefined) return refused('NOT_FOUND').refusal;
    const { careTeam, consents } = person.data;
    const others = careTeam.filter((one) => !isSame(one, member));
    if (others.length >= MAX_MEMBERS) return refused('TOO_MANY').refusal;
    const inForce = membersInForce({ careTeam: others, consents, referrals: facts.referrals }, Date.parse(at));
    if (member.lead && inForce.some(({ lead }) => lead)) return refused('INVALID', 'lead').refusal;
    return { team: [...referral.team.filter((one) => !isSame(one, member)), member] };
  };
}

/** A worker of the target is out of the team at once. */
export function leavesCareTeam(worker: string): Effect {
  return ({ referral: { team } }) => {
    const left = team.filter((one) => one.worker !== worker);
    return left.length === team.length ? refused('NOT_FOUND', 'worker').refusal : { team: left };
  };
}

/**
 * Lets the person's team have those who are in it on the ground of this referral, and nobody who left; done again it is
 * the same. Of several who were to lead at once the first does, the others are in it without.
 */
export async function followTeam(
  services: ChangeServices,
  { id, data: { personId, team } }: Pick<StoredReferral, 'id' | 'data'>,
): Promise<void> {
  const [facts] = await referralFacts(services.store, services.now).ofPersons([personId]);
  const referrals = facts?.referrals ?? [];
  const change = (person: Person): Person => {
    const isOurs = ({ ground }: CareTeamMember) => ground.kind === 'REFERRAL' && ground.referralId === id;
    const others = person.careTeam.filter((one) => !isOurs(one));
    const inForce = membersInForce({ careTeam: others, consents: person.consents, referrals }, services.now());
    const ours = withOneLead(
      team,
      inForce.some(({ lead }) => lead),
    );
    return isDeepStrictEqual(person.careTeam.filter(isOurs), ours)
      ? person
      : { ...person, careTeam: [...others, ...ours] };
  };
  await updatePerson(services, personId, { type: 'CARE_TEAM_CHANGED', change });
}

function withOneLead(team: readonly CareTeamMember[], isLed: boolean): readonly CareTeamMember[] {
  const leader = isLed ? undefined : team.find(({ lead }) => lead);
  return team.map((one) => (one.lead && one !== leader ? { ...one, lead: false } : one));
}

/** For those whose process died before the team had them. */
export async function followTeams({ store, now }: Pick<ChangeServices, 'store' | 'now'>): Promise<void> {
  const by = { request: null, actor: null, purpose: null };
  await followReferrals(store, TEAM_JOINED, async (referral) => followTeam({ store, now, by }, referral));
}

function newMember(
  { target }: Moving['referral'],
  { referralId, worker, role, categories, lead }: Joining,
  at: string,
): CareTeamMember {
  const { organisation, division } = target;
  const ground = { kind: 'REFERRAL', referralId } as const;
  const from = shanghaiDay(Date.parse(at));
  return { worker, organisation, team: null, division, role: role.trim(), categories, from, to: null, lead, ground };
}

function isSame(a: CareTeamMember, b: CareTeamMember): boolean {
  return a.worker === b.worker && JSON.stringify(a.ground) === JSON.stringify(b.ground);
}
