import { stillStand } from '../person/still-stand.ts';
import { decisionSchema, type MadeDecision } from '../shared/decisions.ts';
import { isOpenTo } from './open-to.ts';
import type { ReferralContext } from './referral-context.ts';
import { rolesIn } from './roles.ts';

/**
 * Decides again: about the persons as their own subgraph does, and about what referrals said of them: is the caller still
 * a side to which each of them is open? Read anew from the store, past the loaders of the request.
 */
export async function referralsStillStand(given: readonly unknown[], context: ReferralContext): Promise<boolean[]> {
  const persons = await stillStand(given, context);
  const made = given.map((one) => decisionSchema.parse(one));
  return Promise.all(made.map(async (decision, i) => persons[i] === true && (await allOpen(decision, context))));
}

async function allOpen({ besideStandings = {} }: MadeDecision, context: ReferralContext): Promise<boolean> {
  const grounds = Object.values(besideStandings).map(({ ground }) => ground?.replace(/^(referral|report):/, '') ?? '');
  context.referrals.clearAll();
  context.persons.clearAll();
  const open = await Promise.all(
    grounds.map(async (id) => {
      const found = await context.referrals.load(id);
      const person = found === null ? null : await context.persons.load(found.data.personId);
      if (found === null || person === null) return false;
      const roles = await rolesIn(context, found.data);
      return roles.length > 0 && isOpenTo(roles, found.data, { person: person.data, reads: context.reads });
    }),
  );
  return open.every(Boolean);
}
