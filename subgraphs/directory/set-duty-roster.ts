import type { SetDutyRosterInput } from '../../schema/generated/api-types.ts';
import { changeEntry, type ChangeServices, type EntryOutcome, type Judgement } from './change-entry.ts';
import {
  type DutyRoster,
  dutyRosterFields,
  type DutyRosterFields,
  dutyRosters,
  type DutyShift,
} from './duty-roster.ts';
import type { Rules } from './entry-rules.ts';
import { serviceRefusals } from './own-service.ts';
import { professionals } from './professional.ts';
import { type Refusal, refusal } from './refusal.ts';

const DAY_MS = 86_400_000;
const MAX_SPAN_MS = 366 * DAY_MS;
const KEPT_MS = 90 * DAY_MS;

/** The shifts that begin within a time, whole: those that began in it before are replaced. */
export async function setDutyRoster(
  { serviceId, idempotencyKey, ...given }: SetDutyRosterInput,
  { services: changing, rules }: { services: ChangeServices; rules: Rules },
): Promise<EntryOutcome<DutyRoster>> {
  const span = { from: iso(given.from), to: iso(given.to) };
  const shifts = given.shifts.map(({ professional, from, to }) => ({ professional, from: iso(from), to: iso(to) }));
  const refusals = shapeRefusals(span, shifts);
  if (refusals.length > 0) return { entry: null, refusals, warnings: [] };
  return changeEntry<DutyRosterFields, DutyRoster>(changing, {
    collection: dutyRosters,
    id: serviceId,
    idempotencyKey,
    expectedVersion: null,
    input: { span, shifts },
    type: 'DIRECTORY_ROSTER_SET',
    dataOf: (fields, envelope) => ({ ...fields, ...envelope }),
    judge: async (present): Promise<Judgement<DutyRosterFields>> => {
      const found = [...(await serviceRefusals(rules, serviceId)), ...(await unknown(rules, shifts))];
      if (found.length > 0) return { refusals: found };
      const oldest = new Date(rules.now() - KEPT_MS).toISOString();
      const kept = (present?.data.shifts ?? []).filter(
        ({ from, to }) => to >= oldest && (from < span.from || from >= span.to),
      );
      const parsed = dutyRosterFields.safeParse({ shifts: [...kept, ...shifts].toSorted(byBegin) });
      return parsed.success ? { fields: parsed.data } : { refusals: [refusal('INVALID', 'shifts')] };
    },
  });
}

/** Date-times come as the scalar made them, and go in as UTC, so that they compare as text. */
const iso = (at: string): string => new Date(at).toISOString();
const byBegin = (a: DutyShift, b: DutyShift) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

function shapeRefusals({ from, to }: { from: string; to: string }, shifts: readonly DutyShift[]): readonly Refusal[] {
  const span = Date.parse(to) - Date.parse(from);
  if (span <= 0 || span > MAX_SPAN_MS) return [refusal('INVALID', 'to')];
  return shifts.flatMap((shift, i) => [
    ...(shift.from < from || shift.from >= to ? [refusal('INVALID', 'shifts', String(i), 'from')] : []),
    ...(shift.to <= shift.from ? [refusal('INVALID', 'shifts', String(i), 'to')] : []),
  ]);
}

async function unknown({ store }: Rules, shifts: readonly DutyShift[]): Promise<readonly Refusal[]> {
  const ids = [...new Set(shifts.map(({ professional }) => professional))];
  const found = await store.loadMany(professionals, ids);
  const gone = new Set(ids.filter((_, i) => found[i] == null || found[i].data.retiredAt !== null));
  return shifts.flatMap(({ professional }, i) =>
    gone.has(professional) ? [refusal('UNKNOWN_REFERENCE', 'shifts', String(i), 'professional')] : [],
  );
}
