import { z } from 'zod';
import { defineCollection } from '../../adapters/store/port.ts';
import { entryEnvelope, writeKeys } from './entry.ts';
import { entryId } from './entry-texts.ts';

const instant = z.iso.datetime();

const dutyShiftSchema = z
  .object({ professional: entryId, from: instant, to: instant })
  .readonly()
  .refine(({ from, to }) => from < to, { path: ['to'] });
export type DutyShift = z.infer<typeof dutyShiftSchema>;

const MAX_SHIFTS = 2_000;
export const dutyRosterFields = z.object({ shifts: z.array(dutyShiftSchema).max(MAX_SHIFTS).readonly() });
export type DutyRosterFields = z.output<typeof dutyRosterFields>;
const dutyRosterSchema = dutyRosterFields.extend(entryEnvelope).readonly();
export type DutyRoster = z.infer<typeof dutyRosterSchema>;

/** Who is on duty when (轮岗值班); the document's id is the service's. */
export const dutyRosters = defineCollection({
  name: 'directory-duty-roster',
  schema: dutyRosterSchema,
  keys: writeKeys,
  indexes: {},
});

/** Shifts that touch the time from `from` to before `to`, in order. ISO instants in UTC. */
export function shiftsBetween(
  { shifts }: DutyRoster,
  { from, to }: { from: string; to: string },
): readonly DutyShift[] {
  return shifts
    .filter((shift) => shift.from < to && from < shift.to)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}
