import type { AccessFacts } from '../access/access-question.ts';
import { ageOn, youngestAgeOn } from '../guardianship/age.ts';
import { actingGuardians, standingGuardianships } from '../guardianship/guardianship.ts';
import { shanghaiDay } from '../../../adapters/shared/shanghai-day.ts';
import type { Agreement } from './consent.ts';

export type ConsentGiver = 'SELF' | 'GUARDIAN';

interface ConsentRule {
  readonly who: string;
  readonly applies: (person: { readonly age: number; readonly withoutFullCapacity: boolean }) => boolean;
  readonly needs: readonly ConsentGiver[];
  /** The article that says so, or that it is a rule of this house. */
  readonly source: string;
}

/** Who must agree, by age and capacity. The first row that applies counts. */
const CONSENT_RULES: readonly ConsentRule[] = [
  { who: 'under 14', applies: ({ age }) => age < 14, needs: ['GUARDIAN'], source: 'PIPL art. 28, 31' },
  {
    who: '14 to 17',
    applies: ({ age }) => age < 18,
    needs: ['SELF', 'GUARDIAN'],
    source: 'house rule (compare 民法典 art. 19)',
  },
  {
    who: 'adult without full capacity',
    applies: ({ withoutFullCapacity }) => withoutFullCapacity,
    needs: ['GUARDIAN'],
    source: '民法典 art. 21 to 23: the guardian acts for the adult',
  },
  { who: 'adult', applies: () => true, needs: ['SELF'], source: 'PIPL art. 13(1), 14' },
];

/** Below this age all personal information is sensitive (PIPL art. 28). */
const ALL_SENSITIVE_BELOW = 14;

type Ward = Pick<AccessFacts, 'birthDate' | 'guardianships' | 'reports'>;

export interface ConsentNeeds {
  readonly needs: readonly ConsentGiver[];
  /** Every category takes a separate consent. */
  readonly allSensitive: boolean;
}

/**
 * Whose agreement a consent of this person needs now; `null` where the age is unknown, and so nobody can say.
 * A guardian who is suspended, or the suspect of an open report, is skipped: from 14 on the person's own agreement then
 * suffices if no other guardian can act; below 14 nobody's does.
 */
export function consentNeeds(person: Ward, now: number): ConsentNeeds | null {
  const age = ageOn(person.birthDate, shanghaiDay(now));
  if (age === null) return null;
  const standing = standingGuardianships(person, now);
  // Suspending the guardian gives nobody capacity.
  const withoutFullCapacity = standing.some(({ ward }) => ward === 'ADULT');
  // A partial birth date may leave two rows open: then what either demands.
  const youngest = youngestAgeOn(person.birthDate, shanghaiDay(now)) ?? age;
  const ages = youngest < ALL_SENSITIVE_BELOW ? [age, youngest] : [age];
  const all = [...new Set(ages.flatMap((each) => needsAt({ age: each, withoutFullCapacity })))];
  const skipped = standing.length > 0 && actingGuardians(person, now).length === 0;
  const needs =
    skipped && all.includes('SELF') && youngest >= ALL_SENSITIVE_BELOW
      ? all.filter((giver) => giver !== 'GUARDIAN')
      : all;
  return { needs, allSensitive: youngest < ALL_SENSITIVE_BELOW };
}

/**
 * Those of `needs` whose agreement is missing now. A guardian's counts only while that guardian acts: what one agreed to
 * who was suspended since, or is the suspect of an open report, asks the other. A paper of a guardian whom the hub does
 * not know counts while it knows none of the person at all.
 */
export function missingGivers(
  person: Ward,
  agreements: readonly Agreement[],
  { needs, now }: { needs: readonly ConsentGiver[]; now: number },
): readonly ConsentGiver[] {
  const acting = new Set<string | null>(actingGuardians(person, now).map(({ guardianId }) => guardianId));
  const unknownCount = person.guardianships.length === 0;
  const counts = ({ by, guardianId }: Agreement) =>
    by === 'SELF' || (guardianId === null ? unknownCount : acting.has(guardianId));
  const agreed = new Set(agreements.filter(counts).map(({ by }) => by));
  return needs.filter((giver) => !agreed.has(giver));
}

function needsAt(person: Parameters<ConsentRule['applies']>[0]): readonly ConsentGiver[] {
  return CONSENT_RULES.find(({ applies }) => applies(person))?.needs ?? ['GUARDIAN'];
}
