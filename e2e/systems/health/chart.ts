/** What is known of one patient, and what all makers of that patient's resources share. */
import type { Patient, Reference } from '@medplum/fhirtypes';
import type { Random } from '../world/random.ts';
import type { Course } from './code-lists.ts';

/** What the makers of resources know of the patient. */
export interface Chart {
  readonly localId: string;
  readonly course: Course;
  readonly today: string;
  /** First contact with the department, ISO date. */
  readonly since: string;
  readonly draw: Random;
}

type Made<R> = R & { id: string };
export type Maker<R> = (chart: Chart, n: number) => Made<R>;

export const subject = ({ localId }: Chart): Reference<Patient> => ({ reference: `Patient/${localId}` });
export const day = ({ draw, since, today }: Chart) => draw.date(since, today);
export const idOf = ({ localId }: Chart, kind: string, n: number) => `${localId}.${kind}${n}`;
/** Most clocks say +08:00; some systems behind the department write UTC, where an early morning is the day before. */
export const instant = (chart: Chart, date = day(chart)) =>
  chart.draw.chance(0.1)
    ? new Date(`${date}T07:40:00+08:00`).toISOString()
    : `${date}T${String(chart.draw.int(8, 17)).padStart(2, '0')}:30:00+08:00`;
/** A date as old paper charts give it: often only a month or a year. */
export const partial = ({ draw }: Chart, date: string) => date.slice(0, draw.pick([4, 7, 10]));
export const times = <R>(count: number, chart: Chart, make: Maker<R>) =>
  Array.from({ length: count }, (_, n) => make(chart, n));
