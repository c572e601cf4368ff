import { isWithin } from '../../../adapters/shared/division.ts';
import { actsFor } from '../../referral/party.ts';
import type { AccessBasis } from '../../shared/grant.ts';
import { type CareTeamMember, groundOf, membersInForce } from '../care-team.ts';
import { consentInForce, type Recipient } from '../consent/consent.ts';
import { actingGuardians } from '../guardianship/guardianship.ts';
import { instantInForce } from '../in-force.ts';
import type { AccessFacts, AccessQuestion, Opened } from './access-question.ts';
import { ownLinks } from './own-links.ts';
import { isShared } from './shared-facts.ts';

type Rule = (question: AccessQuestion, facts: AccessFacts) => Opened;

const NOTHING: Opened = new Map();
/** No department's category: whoever serves or protects a person knows who it is, also where no record is shared. */
const IDENTITY = 'hub:identity';
export const EMERGENCY_SCOPE = 'emergency:access';

/** What each basis opens (domain, section 4). A rule looks at facts only: purpose, bearer, scope and custodian are the decision's. */
export const BASIS_RULES: Readonly<Record<AccessBasis, Rule>> = {
  OWN_RECORD: (question, facts) =>
    ownLinks(question, facts.links).length === 0
      ? NOTHING
      : opens(namesOf(question, question.caller.department ?? ''), null),
  CARE_TEAM: (question, facts) => {
    const { caller, now } = question;
    const mine = membersInForce(facts, now).filter(
      ({ worker, organisation, division }) =>
        worker === caller.subject && organisation === caller.organisation && reaches(division, question),
    );
    return merged(mine.map((member) => coveredBy(member, question, facts)));
  },
  CONSENT: (question, { consents }) =>
    merged(
      consents
        .filter((consent) => consentInForce(consent, question.now))
        .filter(({ purposes, recipients }) => purposes.includes(question.purpose) && isNamed(recipients, question))
        .map(({ id, categories }) =>
          // To be referred is what was agreed to: what is shared, and when, is the referral's to say.
          opens(question.purpose === 'REFERRAL' ? [IDENTITY] : categories, `consent:${id}`),
        ),
    ),
  REFERRAL: (question, facts) =>
    merged(
      facts.referrals
        .filter(
          (referral) =>
            isShared(referral, { consents: facts.consents, now: question.now }) &&
            isParty(referral.recipients, question),
        )
        .map(({ id, categories }) => opens([IDENTITY, ...categories], `referral:${id}`)),
    ),
  MANDATORY_REPORT: (question, { reports }) =>
    merged(
      reports
        .filter((report) => instantInForce(report, question.now) && isParty(report.recipients, question))
        .map(({ id, categories }) => opens([IDENTITY, ...categories], `report:${id}`)),
    ),
  EMERGENCY: (question, { emergencies }) => {
    const { caller, now } = question;
    const open = emergencies.find((one) => one.subject === caller.subject && instantInForce(one, now));
    return open === undefined || !caller.scopes.includes(EMERGENCY_SCOPE)
      ? NOTHING
      : opens(namesOf(question), `emergency:${open.id}`);
  },
  SELF: (question, facts) => {
    const { personId } = question.caller;
    if (personId === facts.personId) return opens(namesOf(question), null);
    const guardian = actingGuardians(facts, question.now).some(({ guardianId }) => guardianId === personId);
    return guardian ? opens(namesOf(question), `guardian:${personId}`) : NOTHING;
  },
};

function opens(categories: readonly string[], ground: string | null): Opened {
  return new Map(categories.map((name) => [name, ground]));
}

/** The first that opens a category names its ground. */
function merged(all: readonly Opened[]): Opened {
  return new Map(all.toReversed().flatMap((opened) => [...opened]));
}

/** All categories, or those of one department. */
function namesOf({ departments }: AccessQuestion, code?: string): readonly string[] {
  return departments
    .filter((one) => code === undefined || one.code === code)
    .flatMap(({ categories }) => categories.map(({ name }) => name));
}

/**
 * A consent covers what it names, for its purposes, for a member whose team, organisation or department it names (PIPL
 * art. 23: each recipient by name); a referral what it lists; a statutory duty covers all.
 */
function coveredBy(member: CareTeamMember, question: AccessQuestion, facts: AccessFacts): Opened {
  const ground = groundOf(member, facts);
  if (ground === null) return NOTHING;
  const within = (categories: readonly string[]) => member.categories.filter((name) => categories.includes(name));
  switch (ground.kind) {
    case 'STATUTORY_DUTY':
      return opens(member.categories, `duty:${ground.duty}`);
    case 'REFERRAL':
      return opens(within(ground.referral.categories), `referral:${ground.referral.id}`);
    case 'CONSENT': {
      const { id, purposes, recipients, categories } = ground.consent;
      const named = purposes.includes(question.purpose) && isNamed(recipients, question, member.team);
      if (!named) return NOTHING;
      return opens(question.purpose === 'REFERRAL' ? [IDENTITY] : within(categories), `consent:${id}`);
    }
  }
}

/** One side of a referral or report: the institution's own people, or the system of its department for all of them. */
function isParty(recipients: readonly Recipient[], question: AccessQuestion): boolean {
  return recipients.some((recipient) => {
    const { organisation } = recipient;
    return organisation === null
      ? names(recipient, question, null)
      : actsFor(question.caller, { ...recipient, organisation });
  });
}

function isNamed(recipients: readonly Recipient[], question: AccessQuestion, memberOf: string | null = null): boolean {
  return recipients.some((recipient) => names(recipient, question, memberOf));
}

/** A recipient is who all its names fit; one that names a team means its members, never the whole of their organisation. */
function names(
  { department, organisation, team, division }: Recipient,
  question: AccessQuestion,
  memberOf: string | null,
): boolean {
  const { caller } = question;
  return (
    (department === null || department === caller.department) &&
    (organisation === null || organisation === caller.organisation) &&
    (team === null || team === memberOf) &&
    (department !== null || organisation !== null || team !== null) &&
    reaches(division, question)
  );
}

function reaches(division: string, { caller }: AccessQuestion): boolean {
  return caller.division !== null && isWithin(division, caller.division);
}
