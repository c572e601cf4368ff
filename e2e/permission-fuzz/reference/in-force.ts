import type { ConsentFacts, GuardianFacts, PersonFacts, ReferralFacts, World } from '../world/facts.ts';
import { dayOf, isMinor } from './ages.ts';

const SEVEN_DAYS_MS = 7 * 86_400_000;
const ms = (instant: string): number => Date.parse(instant);

/** Whole days, both count. */
export function isDayBetween({ from, to }: { from: string; to: string | null }, nowMs: number): boolean {
  const today = dayOf(nowMs);
  return from <= today && (to === null || to >= today);
}

/** "Until it ends or is withdrawn"; before all have agreed who must, it is none. */
export function consentStands({ complete, withdrawn, from, to }: ConsentFacts, nowMs: number): boolean {
  return complete && !withdrawn && ms(from) <= nowMs && (to === null || nowMs < ms(to));
}

/** What a referral stands on, now. */
export function groundStands(referral: ReferralFacts, person: PersonFacts, nowMs: number): boolean {
  const { ground } = referral;
  switch (ground.kind) {
    case 'MANDATORY_REPORT':
      return true;
    case 'EMERGENCY':
      return nowMs < ms(ground.until);
    case 'CONSENT':
      return person.consents.some((one) => one.id === ground.consentId && consentStands(one, nowMs));
  }
}

/** "Until 7 days after `COMPLETED` or `FAILED`, acknowledged or not". */
export const isLongFinished = ({ finishedAt }: ReferralFacts, nowMs: number): boolean =>
  finishedAt !== null && nowMs >= ms(finishedAt) + SEVEN_DAYS_MS;

/** Domain, section 4, `REFERRAL`: from acceptance; at once no more when it broke off or its ground ended. */
export function referralShares(referral: ReferralFacts, person: PersonFacts, nowMs: number): boolean {
  return (
    referral.kind !== 'MANDATORY_REPORT' &&
    referral.acceptedAt !== null &&
    referral.endedAt === null &&
    !isLongFinished(referral, nowMs) &&
    groundStands(referral, person, nowMs)
  );
}

/** A report opens from its receipt: harm is acted on at once. */
export function reportOpens(report: ReferralFacts, nowMs: number): boolean {
  return report.kind === 'MANDATORY_REPORT' && report.endedAt === null && !isLongFinished(report, nowMs);
}

/** Domain, section 3: neither suspended nor the suspect of a report, until a human releases; the worlds have no release. */
export function actingGuardians(person: PersonFacts, { referrals, now }: World): readonly GuardianFacts[] {
  const accused = referrals.filter(
    (one) => one.personId === person.id && one.kind === 'MANDATORY_REPORT' && one.state !== 'ENTERED_IN_ERROR',
  );
  const barred = new Set([
    ...accused.flatMap((one) => one.suspects),
    ...person.guardians.filter((one) => one.suspended).map(({ guardianId }) => guardianId),
  ]);
  const minor = isMinor(person.birthDate, now);
  return person.guardians.filter(
    (one) => isDayBetween(one, now) && (one.ward === 'ADULT' || minor) && !barred.has(one.guardianId),
  );
}
