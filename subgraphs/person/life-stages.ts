import { z } from 'zod';
import { LIFE_STAGES, type LifeStage } from '../shared/life-stage.ts';
import { ageOn } from './guardianship/age.ts';

const KINDS = [
  'MARRIAGE_PLANNED',
  'MARRIED',
  'MARRIAGE_ENDED',
  'PREGNANT',
  'PREGNANCY_ENDED',
  'BIRTH',
  'ENROLLED',
  'LEFT_SCHOOL',
] as const;
type LifeEventKind = (typeof KINDS)[number];

export const lifeEventSchema = z
  .object({
    kind: z.enum(KINDS),
    /** ISO date. */
    date: z.string(),
    /** The category whose record says so, like `health:visits`; `null` = declared by the person for all to know. */
    shownBy: z.string().nullable(),
  })
  .readonly();
export type LifeEvent = z.infer<typeof lifeEventSchema>;

/** A stage from age alone: completed years from, and below. */
const AGES: readonly { stage: LifeStage; from: number; below: number }[] = [
  { stage: 'INFANCY', from: 0, below: 3 },
  // 义务教育法 art. 11 and 2: from six, for nine years.
  { stage: 'STUDENT', from: 6, below: 15 },
  { stage: 'ADULT', from: 18, below: Infinity },
  // 老年人权益保障法 art. 2.
  { stage: 'LATER_LIFE', from: 60, below: Infinity },
];

/** A stage from an event: until one of these ends it, or after so many days. */
const EVENTS: readonly { stage: LifeStage; begin: LifeEventKind; ends: readonly LifeEventKind[]; days: number }[] = [
  { stage: 'PREMARITAL', begin: 'MARRIAGE_PLANNED', ends: ['MARRIED'], days: 365 },
  { stage: 'MARRIED', begin: 'MARRIED', ends: ['MARRIAGE_ENDED'], days: Infinity },
  // 44 weeks: nobody who forgot to report the birth stays in this stage.
  { stage: 'PRENATAL', begin: 'PREGNANT', ends: ['BIRTH', 'PREGNANCY_ENDED'], days: 308 },
  { stage: 'POSTNATAL', begin: 'BIRTH', ends: [], days: 365 },
  { stage: 'STUDENT', begin: 'ENROLLED', ends: ['LEFT_SCHOOL'], days: Infinity },
];

export interface LifeFacts {
  /** May be partial: then it counts from its first day. `null` = unknown. */
  readonly birthDate: string | null;
  readonly lifeEvents: readonly LifeEvent[];
}

/**
 * The stages of a life that a caller may know: those from age, and those from an event whose category is visible.
 * An event that the caller may not see begins nothing, but it ends: nobody is told what is not so any more.
 */
export function lifeStages(
  { birthDate, lifeEvents }: LifeFacts,
  { today, visible }: { today: string; visible: (category: string) => boolean },
): readonly LifeStage[] {
  const age = ageOn(birthDate, today);
  const past = lifeEvents.filter(({ date }) => date <= today);
  const known = past.filter(({ shownBy }) => shownBy === null || visible(shownBy));
  const stages = new Set([
    ...AGES.filter(({ from, below }) => age !== null && age >= from && age < below).map(({ stage }) => stage),
    ...EVENTS.filter((rule) => lasts(rule, { known, past, today })).map(({ stage }) => stage),
  ]);
  return LIFE_STAGES.filter((stage) => stages.has(stage));
}

function lasts(
  { begin, ends, days }: (typeof EVENTS)[number],
  { known, past, today }: { known: readonly LifeEvent[]; past: readonly LifeEvent[]; today: string },
): boolean {
  const begun = lastDate(known, [begin]);
  return begun !== '' && lastDate(past, ends) < begun && (Date.parse(today) - Date.parse(begun)) / 86_400_000 <= days;
}

function lastDate(events: readonly LifeEvent[], kinds: readonly LifeEventKind[]): string {
  return events
    .filter(({ kind }) => kinds.includes(kind))
    .reduce((latest, { date }) => (date > latest ? date : latest), '');
}
