import type { AccessBasis } from '../../shared/grant.ts';
import type { AccessDecision } from './access-decision.ts';
import type { Standing } from './access-question.ts';

/** What somebody may do about a person beyond reading; each outlasts the basis that it was done on. */
interface Powers {
  /** Record consents and withdrawals from paper, and link a record of one's own department. */
  readonly records: boolean;
  /** Declare, end, suspend and release guardians: who says yes for the person, and who sees all. */
  readonly guardians: boolean | 'BY_DUTY';
}

/** Seeing is not acting: what each basis lets its bearer change, and why. */
const ACTING_POWERS: Readonly<Record<AccessBasis, Powers>> = {
  // The department that cares, from its own registration on; it has the household register or the judgment in its file.
  OWN_RECORD: { records: true, guardians: true },
  // A duty that the law names is the department's own. Whom a consent made a member owes it to a guardian, perhaps the very one.
  CARE_TEAM: { records: true, guardians: 'BY_DUTY' },
  // Those whom a consent names may take the next one, but do not choose who gives it.
  CONSENT: { records: true, guardians: false },
  // The target of a referral takes the consent for going on; guardians are its requester's to establish.
  REFERRAL: { records: true, guardians: false },
  // Who must act on a report finds out who the suspect is (未成年人保护法 art. 11), and who takes the child in instead.
  MANDATORY_REPORT: { records: true, guardians: true },
  // Three hours to save a life, opened by one's own word: nothing that lasts longer may come of it.
  EMERGENCY: { records: false, guardians: false },
  // A person acts by the own token, in their own right (consent-standing.ts), and never about who guards them.
  SELF: { records: false, guardians: false },
};

/** Does one of the bases that stand give this power? */
export function mayAct({ standings }: Pick<AccessDecision, 'standings'>, power: keyof Powers): boolean {
  return standings.some((standing) => gives(standing, power));
}

function gives({ basis, ground }: Standing, power: keyof Powers): boolean {
  const given = ACTING_POWERS[basis][power];
  return given === 'BY_DUTY' ? ground?.startsWith('duty:') === true : given;
}
