import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import type { CareTeamMember } from '../person/care-team.ts';
import { membersInForce } from '../person/care-team.ts';
import type { Person } from '../person/person.ts';
import { updatePerson } from '../person/update-person.ts';
import { isPlainText } from '../shared/plain-text.ts';
import type { Effect, Moving } from './move-referral.ts';
import type { ReferralContext } from './referral-context.ts';
import { refused } from './refusal.ts';

interface Joining {
  readonly referralId: string;
  /** The token's `sub`. */
  readonly worker: string;
  readonly role: string;
  readonly categories: readonly string[];
  readonly lead: boolean;
}

const MAX_MEMBERS = 200;

/**
 * A named worker of the target joins the person's care team on the ground of this referral, for categories that it
 * lists; the membership stands and ends with the sharing. The team is the person's: it is changed first, and changed
 * again it is the same, so that a crash in between loses nothing.
 */
export function joinsCareTeam(context: ReferralContext, joining: Joining): Effect {
  return async ({ referral, at }) => {
    const { worker, role, categories } = joining;
    if (!isPlainText(worker)) return refused('INVALID', 'worker').refusal;
    if (!isPlainText(role)) return refused('INVALID', 'role').refusal;
    if (categories.length === 0 || !categories.every((name) => referral.categories.includes(name)))
      return refused('CATEGORY_NOT_ALLOWED', 'categories').refusal;
    const member = newMember(referral, joining, at);
    let taken = false;
    const change = (person: Person): Person => {
      const others = person.careTeam.filter((one) => !isSame(one, member));
      const leads = membersInForce({ ...person, referrals: [] }, Date.parse(at)).some(
        (one) => one.lead && !isSame(one, member),
      );
      taken = (member.lead && leads) || others.length >= MAX_MEMBERS;
      return taken ? person : { ...person, careTeam: [...others, member] };
    };
    const { reads, by } = context;
    await updatePerson({ store: reads.store, now: reads.now, by }, referral.personId, {
      type: 'CARE_TEAM_JOINED',
      change,
    });
    return taken ? refused('INVALID', 'lead').refusal : {};
  };
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
