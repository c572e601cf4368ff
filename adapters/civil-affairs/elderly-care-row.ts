import { z } from 'zod';
import { careField, fromCodeSet } from './care-fields.ts';
import type { ElderlyAbilityLevel, ElderlyCare, ElderlyCareService } from './port.ts';

// GB/T 42195-2022.
const LEVELS: Readonly<Record<string, ElderlyAbilityLevel>> = {
  '0': 'INTACT',
  '1': 'MILD',
  '2': 'MODERATE',
  '3': 'SEVERE',
  '4': 'COMPLETE',
};
const SERVICES: Readonly<Record<string, ElderlyCareService>> = {
  '10': 'HOME_VISIT',
  '20': 'HOME_CARE',
  '30': 'DAY_CARE',
  '40': 'MEALS',
  '50': 'INSTITUTIONAL_CARE',
};

/** An `ElderlyCareRecord` of the contract. */
export const elderlyCareRow = z
  .object({
    abilityLevel: careField.optionalCode,
    assessDate: careField.optionalDate,
    service: careField.code,
    serviceName: careField.optionalText,
    provider: careField.optionalText,
    beginDate: careField.date,
    endDate: careField.optionalDate,
  })
  .transform(({ abilityLevel, assessDate, service, serviceName, provider, beginDate, endDate }): ElderlyCare => ({
    abilityLevel: abilityLevel === null ? null : fromCodeSet(LEVELS, abilityLevel, 'OTHER'),
    abilityLevelCode: abilityLevel,
    assessedOn: assessDate,
    service: fromCodeSet(SERVICES, service, 'OTHER'),
    serviceCode: service,
    serviceDisplay: serviceName,
    organisation: provider,
    from: beginDate,
    to: endDate,
  }));
