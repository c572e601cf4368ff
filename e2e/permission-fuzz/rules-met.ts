import { type Case, CONDITIONS } from './conditions.ts';
import { decide, seenOf } from './reference/decision.ts';
import { CATEGORIES } from './reference/departments.ts';
import { mayCross } from './reference/may-cross.ts';
import { BASES_OF_PURPOSE, PURPOSES_OF_REFERRALS } from './reference/purposes.ts';
import { sidesOf } from './reference/referral-sides.ts';

const GROUNDS_OF_MEMBERS = ['consent', 'referral', 'duty'];
const cells = (table: Readonly<Record<string, readonly string[]>>, word: string): readonly string[] =>
  Object.entries(table).flatMap(([row, columns]) => columns.map((column) => `${row} ${word} ${column}`));

/** What the reference's tables open, a name each, and each of the conditions that keep somebody from something. */
export const ALL_RULES: readonly string[] = [
  ...cells(BASES_OF_PURPOSE, 'by'),
  ...GROUNDS_OF_MEMBERS.map((ground) => `CARE_TEAM on ${ground}`),
  'SELF as guardian',
  'EMERGENCY beyond the jurisdiction',
  ...CATEGORIES.map((category) => `${category} shown`),
  ...cells(PURPOSES_OF_REFERRALS, 'seen for'),
  ...Object.keys(CONDITIONS),
];

/** Which of these decide what this caller may see of this person. */
export function rulesMet(one: Case, among: ReadonlySet<string>): readonly string[] {
  const outline = outlineOf(one);
  const decisive = Object.entries(CONDITIONS).filter(
    ([rule, lifted]) => among.has(rule) && outlineOf(lifted(one)) !== outline,
  );
  return [...opened(one).filter((rule) => among.has(rule)), ...decisive.map(([rule]) => rule)];
}

function opened({ asking, person, world }: Case): readonly string[] {
  const decision = decide(asking, person, world);
  const reasons = [...decision.reasons.values()].flat();
  const shown = CATEGORIES.filter((category) => {
    const own = decision.reasons.get(category) ?? [];
    return own.length > 0 && seenOf(category, { reasons: own, person, asking, world }).rows.length > 0;
  });
  const sides = world.referrals.filter((one) => one.personId === person.id && sidesOf(asking, one).length > 0);
  return [
    ...[...decision.bases].map((basis) => `${asking.purpose} by ${basis}`),
    ...reasons.map(({ basis, ground }) => `${basis} on ${ground?.split(':')[0]}`),
    ...reasons.flatMap(({ basis, ground }) => (basis === 'SELF' && ground !== null ? ['SELF as guardian'] : [])),
    ...(mayCross(decision, person, asking) ? ['EMERGENCY beyond the jurisdiction'] : []),
    ...shown.map((category) => `${category} shown`),
    ...sides.map(({ kind }) => `${kind} seen for ${asking.purpose}`),
  ];
}

/** All that decides an answer about one person, as a text to compare. */
function outlineOf({ asking, person, world }: Case): string {
  const { visible, reasons } = decide(asking, person, world);
  const categories = [...reasons].map(([category, own]) => {
    const { rows, known } = seenOf(category, { reasons: own, person, asking, world });
    return [category, own.map(({ basis }) => basis), rows.length, known];
  });
  return JSON.stringify([visible, categories]);
}
