import { z } from 'zod';
import { careField, fromCodeSet } from './care-fields.ts';
import type { FamilyGuidance, FamilyGuidanceKind } from './port.ts';

const KINDS: Readonly<Record<string, FamilyGuidanceKind>> = {
  HQ: 'PREMARITAL',
  HY: 'MARITAL',
  LJ: 'DIVORCE_COOLING_OFF',
  QZ: 'PARENT_AND_CHILD',
};
const STATUSES = { '1': 'ACTIVE', '2': 'FINISHED', '3': 'STOPPED' } as const;

/** A `FamilyGuidanceRecord` of the contract. Its `talkSummary` is not read: counselling text stays in its department. */
export const familyGuidanceRow = z
  .object({
    kind: careField.code,
    kindName: careField.optionalText,
    openDate: careField.date,
    lastDate: careField.optionalDate,
    sessions: careField.optionalCount,
    status: careField.optionalCode,
    station: careField.optionalText,
  })
  .transform(({ kind, kindName, openDate, lastDate, sessions, status, station }): FamilyGuidance => ({
    kind: fromCodeSet(KINDS, kind, 'OTHER'),
    kindCode: kind,
    kindDisplay: kindName,
    opened: openDate,
    lastOn: lastDate,
    sessions,
    status: fromCodeSet(STATUSES, status ?? '', null),
    organisation: station,
  }));
