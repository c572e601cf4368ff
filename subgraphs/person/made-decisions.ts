import { firstWay, type MadeDecision } from '../shared/decisions.ts';
import type { AccessDecision } from './access/access-decision.ts';
import type { AccessBasis } from '../shared/grant.ts';
import { REFERRALS_CATEGORY } from './hub-events.ts';
import type { AccessFacts, Standing } from './access/access-question.ts';

type AskedBy = MadeDecision['by'];

/** The decisions of one request, the newest of each person; those about nobody all. */
export interface MadeDecisions {
  note(decision: MadeDecision): void;
  /** Something about this person was shown that is no part of the care profile: a request, a review, a conflict. */
  noteMatter(personId: string): void;
  all(): readonly MadeDecision[];
}

const MATTER: Omit<MadeDecision, 'personId'> = {
  by: 'matter',
  visible: true,
  standings: {},
  crossesJurisdiction: false,
  emergencyUntil: null,
  nameMatch: null,
};

/** That an ID number was given, and not looked up. */
export const NOBODY_BY_NUMBER: MadeDecision = { ...MATTER, by: 'idNumber', visible: false, personId: null };

export function madeDecisions(): MadeDecisions {
  const ofPersons = new Map<string, MadeDecision>();
  const ofNobody: MadeDecision[] = [];
  return {
    note: (decision) => {
      const { personId } = decision;
      if (personId === null) ofNobody.push(decision);
      // How the request first came to the person is what the record says.
      else ofPersons.set(personId, { ...decision, by: firstWay(ofPersons.get(personId), decision) });
    },
    noteMatter: (personId) => {
      if (!ofPersons.has(personId)) ofPersons.set(personId, { ...MATTER, personId });
    },
    all: () => [...ofPersons.values(), ...ofNobody],
  };
}

/** A decision as the audit needs it. */
export function madeDecision(
  { visible, standings: bases, departments, crossesJurisdiction }: AccessDecision,
  {
    personId,
    by,
    facts,
    nameMatch,
  }: { personId: string | null; by: AskedBy; facts: AccessFacts; nameMatch: MadeDecision['nameMatch'] },
): MadeDecision {
  const standings = Object.fromEntries(
    departments.flatMap(({ department, categories }) =>
      Object.entries(categories).map(([slug, standing]): [string, Standing] => [
        `${department.slug}:${slug}`,
        standing,
      ]),
    ),
  );
  const grounds = new Set(Object.values(standings).map(({ ground }) => ground));
  const emergency = facts.emergencies.find(({ id }) => grounds.has(`emergency:${id}`));
  const emergencyUntil = emergency?.to ?? null;
  return {
    personId,
    by,
    visible,
    // A side of a referral sees that it is there by being one; the person, by being the person.
    standings: visible
      ? { ...standings, [REFERRALS_CATEGORY]: { basis: ofReferrals(bases), ground: null } }
      : standings,
    crossesJurisdiction,
    emergencyUntil,
    nameMatch,
  };
}

function ofReferrals(bases: readonly Standing[]): AccessBasis {
  return bases.some(({ basis }) => basis === 'SELF') ? 'SELF' : 'REFERRAL';
}
