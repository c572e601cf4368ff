import type { SetServiceCapacityInput } from '../../schema/generated/api-types.ts';
import { capacities, type Capacity, capacityFields, type CapacityFields } from './capacity.ts';
import { changeEntry, type ChangeServices, type EntryOutcome, type Judgement } from './change-entry.ts';
import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import type { Rules } from './entry-rules.ts';
import { serviceRefusals } from './own-service.ts';
import { refusal } from './refusal.ts';
import { tidy } from './tidy.ts';

/**
 * How much room a service has, as of a day. What was assured last holds: a late message of an earlier day is not taken,
 * so no version is asked for.
 */
export async function setCapacity(
  { serviceId, idempotencyKey, ...given }: SetServiceCapacityInput,
  { services: changing, rules }: { services: ChangeServices; rules: Rules },
): Promise<EntryOutcome<Capacity>> {
  const parsed = capacityFields.safeParse(tidy(given));
  const today = shanghaiDay(rules.now());
  if (!parsed.success || parsed.data.assuredDate > today) {
    const fields = parsed.success ? ['assuredDate'] : parsed.error.issues.map(({ path }) => String(path[0]));
    return { entry: null, refusals: fields.map((field) => refusal('INVALID', field)), warnings: [] };
  }
  return changeEntry<CapacityFields, Capacity>(changing, {
    collection: capacities,
    id: serviceId,
    idempotencyKey,
    expectedVersion: null,
    input: parsed.data,
    type: 'DIRECTORY_CAPACITY_SET',
    dataOf: (fields, envelope) => ({ ...fields, ...envelope }),
    judge: async (present): Promise<Judgement<CapacityFields>> => {
      const refusals = await serviceRefusals(rules, serviceId);
      if (refusals.length > 0) return { refusals };
      const late = present !== null && parsed.data.assuredDate < present.data.assuredDate;
      return late ? { refusals: [refusal('OUTDATED', 'assuredDate')] } : { fields: parsed.data };
    },
  });
}
