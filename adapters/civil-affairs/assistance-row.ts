import { z } from 'zod';
import { careField, fromCodeSet } from './care-fields.ts';
import type { Assistance, AssistanceKind } from './port.ts';

const KINDS: Readonly<Record<string, AssistanceKind>> = {
  '01': 'SUBSISTENCE_ALLOWANCE',
  '02': 'EXTREME_POVERTY_SUPPORT',
  '03': 'TEMPORARY_RELIEF',
  '04': 'MEDICAL_ASSISTANCE',
};
const PAYMENTS = { '1': 'MONTHLY', '2': 'ONCE' } as const;

/** An `AssistanceRecord` of the contract. */
export const assistanceRow = z
  .object({
    kind: careField.code,
    kindName: careField.optionalText,
    amount: careField.optionalAmount,
    payment: careField.optionalCode,
    beginDate: careField.date,
    endDate: careField.optionalDate,
    office: careField.optionalText,
  })
  .transform(({ kind, kindName, amount, payment, beginDate, endDate, office }): Assistance => ({
    kind: fromCodeSet(KINDS, kind, 'OTHER'),
    kindCode: kind,
    kindDisplay: kindName,
    amountCny: amount,
    payment: fromCodeSet(PAYMENTS, payment ?? '', null),
    from: beginDate,
    to: endDate,
    organisation: office,
  }));
