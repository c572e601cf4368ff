import type { Department } from '../../../schema/departments.ts';
import { groundOf, membersInForce } from '../care-team.ts';
import { type BilingualText, categoryWords } from '../consent/consent-text.ts';
import { consentInForce } from '../consent/consent.ts';
import { isOnEmergency, isShared } from '../access/shared-facts.ts';
import { standingGuardianships } from '../guardianship/guardianship.ts';
import { shanghaiDay } from '../../../adapters/shared/shanghai-day.ts';
import type { AccessBasis } from '../../shared/grant.ts';
import { BASIS_WORDS } from '../words.ts';
import { partyText } from './access-log-text.ts';
import { ADDRESSED } from './addressed.ts';
import type { OwnSubject } from './own-subject.ts';

interface Seer {
  readonly department: string | null;
  readonly organisation: string | null;
  readonly team: string | null;
  readonly basis: AccessBasis;
  readonly categories: readonly string[];
  readonly until: string | null;
  readonly consentId: string | null;
  readonly text: BilingualText;
}

/** Who could see what if they asked now, and why. A report and a running emergency are told of later, not here; so is what is referred on one. */
export function whoCanSee(
  { facts, as }: OwnSubject,
  { departments, now }: { departments: readonly Department[]; now: number },
): readonly Seer[] {
  // One to be referred opens nothing by itself: what a referral shares stands with the referral.
  const consents = facts.consents.filter(
    (consent) => consentInForce(consent, now) && consent.purposes.some((purpose) => purpose !== 'REFERRAL'),
  );
  const none = { organisation: null, team: null, until: null, consentId: null };
  const seers: readonly Omit<Seer, 'text'>[] = [
    // All alike, whether they know the person or not: a link may stand for nothing but a sealed record.
    ...departments.map(({ code, categories }) => ({
      ...none,
      department: code,
      basis: 'OWN_RECORD' as const,
      categories: categories.map(({ name }) => name),
    })),
    ...consents.flatMap(({ id, recipients, categories, to }) =>
      recipients.map(({ department, organisation, team }) => {
        const basis = team === null ? ('CONSENT' as const) : ('CARE_TEAM' as const);
        return { department, organisation, team, basis, categories, until: to, consentId: id };
      }),
    ),
    ...membersInForce(facts, now)
      .filter((member) => groundOf(member, facts)?.kind === 'STATUTORY_DUTY')
      .map(({ organisation, team, role, categories }) => ({
        ...none,
        department: null,
        organisation,
        team: team ?? role,
        basis: 'CARE_TEAM' as const,
        categories,
      })),
    ...facts.referrals
      .filter((referral) => isShared(referral, { consents: facts.consents, now }) && !isOnEmergency(referral))
      .flatMap(({ recipients, categories, consentId, until }) =>
        recipients.map(({ department, organisation, team }) => {
          const basis = 'REFERRAL' as const;
          return { department, organisation, team, basis, categories, until, consentId };
        }),
      ),
    ...guardiansOf(facts, now).map(() => ({ ...none, department: null, basis: 'SELF' as const, categories: [] })),
  ];
  return seers.map((seer) => ({ ...seer, text: textOf(seer, { departments, as }) }));
}

/**
 * One line, however many there are and whether one of them is suspended, the only one too: neither a line fewer nor its
 * absence tells of a report. So the line says that they see while they may act, not that they may now.
 */
function guardiansOf(facts: OwnSubject['facts'], now: number): readonly unknown[] {
  return standingGuardianships(facts, now).slice(0, 1);
}

function textOf(
  seer: Omit<Seer, 'text'>,
  { departments, as }: { departments: readonly Department[]; as: OwnSubject['as'] },
): BilingualText {
  const { basis, categories, until, team } = seer;
  const { person, guardian } = ADDRESSED[as];
  if (basis === 'SELF')
    return {
      zh: `${guardian.zh}在监护权有效期间可以看到${person.zh}能看到的一切`,
      en: `${capital(guardian.en)}, while the guardianship is in force, can see what ${person.en} can see`,
    };
  const who = team === null ? partyText(seer, departments) : { zh: `团队 ${team}`, en: `the team ${team}` };
  if (basis === 'OWN_RECORD')
    return {
      zh: `${who.zh}可以看到它自己的记录（如有）`,
      en: `${capital(who.en)} can see what it itself records, if anything`,
    };
  const what = categories.map((name) => categoryWords(name, departments));
  const end = until === null ? null : shanghaiDay(Date.parse(until));
  return {
    zh: `${who.zh}可以看到：${what.map(({ zh }) => zh).join('、')} · 依据：${BASIS_WORDS[basis].zh}${end === null ? '' : ` · 到 ${end}`}`,
    en: `${capital(who.en)} can see: ${what.map(({ en }) => en).join(', ')} · because of ${BASIS_WORDS[basis].en}${end === null ? '' : ` · until ${end}`}`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
