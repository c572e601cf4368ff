import type { WorkingDays } from '../../../adapters/calendar/port.ts';
import { type Every, every as repeat } from '../../../adapters/shared/every.ts';
import { endOfShanghaiDay, shanghaiDay } from '../../../adapters/shared/shanghai-day.ts';
import type { Log } from '../../shared/log.ts';

const DAY_MS = 86_400_000;
const WARNED_BEFORE_MS = 60 * DAY_MS;

interface Watch {
  readonly calendar: WorkingDays;
  readonly log: Log;
  readonly now?: () => number;
  readonly every?: Every;
}

/** Looks now and daily whether the operator must supply the next year: from 60 days before it begins. Answers how to stop. */
export function warnOfMissingYear({ calendar, log, now = Date.now, every = repeat }: Watch): () => void {
  const look = () => {
    const year = Number(shanghaiDay(now()).slice(0, 4));
    const doing = 'add it to WORKING_DAYS_FILE and restart (docs/operating.md)';
    // The hub ran on into a year that nobody supplied.
    if (!calendar.knows(year)) log.error({ year, do: doing }, 'working days are guessed: the calendar lacks this year');
    else if (!calendar.knows(year + 1) && endOfShanghaiDay(`${year}-12-31`) - now() <= WARNED_BEFORE_MS)
      log.warn({ year: year + 1, do: doing }, 'the calendar of working days lacks the next year');
  };
  look();
  return every(DAY_MS, look);
}
