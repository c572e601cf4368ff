import { asObject, date } from './hsds-fields.ts';

/**
 * HSDS schedules (RFC 5545) as weekly hours. What is no plain weekly rule (monthly, every second week, the first Monday)
 * has no place in the directory: it becomes hours without a day, which the check refuses, so that it is told.
 */
export function schedules(value: unknown): unknown {
  return Array.isArray(value) ? value.map(weekly) : value;
}

function weekly(item: unknown): unknown {
  const rule = asObject(item);
  if (rule === null) return item;
  const plain =
    (rule['freq'] ?? 'WEEKLY') === 'WEEKLY' &&
    [undefined, null, 1].includes(rule['interval'] as null) &&
    rule['count'] == null &&
    rule['bymonthday'] == null &&
    rule['byweekno'] == null &&
    rule['byyearday'] == null;
  return {
    days: plain && typeof rule['byday'] === 'string' ? rule['byday'].split(',').map((day) => day.trim()) : [],
    opensAt: clock(rule['opens_at']),
    closesAt: clock(rule['closes_at']),
    ...(rule['valid_from'] != null && { validFrom: date(rule['valid_from']) }),
    ...((rule['valid_to'] ?? rule['until']) != null && { validTo: date(rule['valid_to'] ?? rule['until']) }),
    ...(typeof rule['description'] === 'string' && { description: rule['description'] }),
  };
}

/** `09:00`, `09:00:00`, `09:00+08:00`; any other offset than China's is not understood and stays as it is. */
export function clock(value: unknown): unknown {
  const [, time] = /^(\d{2}:\d{2})(?::00)?(?:\+08:00)?$/.exec(String(value).trim()) ?? [];
  return time ?? value;
}
