import { ANY_ROOT, type MadeDecision, merged } from '../shared/decisions.ts';
import type { RootField } from '../shared/root-field.ts';
import type { AccessDecision } from './access/access-decision.ts';
import type { AccessBasis } from '../shared/grant.ts';
import { REFERRALS_CATEGORY } from './hub-events.ts';
import type { AccessFacts, Standing } from './access/access-question.ts';

type AskedBy = MadeDecision['by'];

/** What is said of a matter beside that it is there. */
export interface Matter {
  readonly report?: boolean;
  /** Where what it shows stands on a basis of its own. */
  readonly standing?: Standing & { readonly name: string };
}

/** The decisions of one request, the newest of each person; those about nobody all. */
export interface MadeDecisions {
  note(decision: MadeDecision): void;
  /**
   * Something about this person stands in the answer outside the type `Person`: a consent, a request, a review, a
   * referral. `root` is the root field's own `info`; without it all counts that the answer shows of nobody by itself.
   */
  noteMatter(personId: string, root?: RootField, what?: Matter): void;
  all(): readonly MadeDecision[];
}

/** Nothing was decided about the person, and no `Person` is shown for it. */
const MATTER: Omit<MadeDecision, 'personId'> = {
  by: 'matter',
  visible: false,
  standings: {},
  crossesJurisdiction: false,
  emergencyUntil: null,
  nameMatch: null,
  beside: [],
  ofReport: false,
};

/** That an ID number was given, and whom it led to; `null` = nobody. */
export const cameByNumber = (personId: string | null): MadeDecision => ({ ...MATTER, by: 'idNumber', personId });

export function madeDecisions(): MadeDecisions {
  const ofPersons = new Map<string, MadeDecision>();
  const ofNobody: MadeDecision[] = [];
  const note = (decision: MadeDecision): void => {
    const { personId } = decision;
    if (personId === null) ofNobody.push(decision);
    else ofPersons.set(personId, merged(ofPersons.get(personId), decision));
  };
  return {
    note,
    noteMatter: (personId, root, { report = false, standing } = {}) => {
      const beside = [root === undefined ? ANY_ROOT : `${root.parentType.name}.${root.fieldName}`];
      const besideStandings = standing && { [standing.name]: { basis: standing.basis, ground: standing.ground } };
      note({ ...MATTER, personId, beside, ofReport: report, ...(besideStandings && { besideStandings }) });
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
    beside: [],
    ofReport: false,
  };
}

function ofReferrals(bases: readonly Standing[]): AccessBasis {
  return bases.some(({ basis }) => basis === 'SELF') ? 'SELF' : 'REFERRAL';
}
