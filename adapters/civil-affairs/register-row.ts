import { z } from 'zod';
import { parseDivision } from '../shared/division.ts';
import { foldWidth } from '../shared/fold-width.ts';
import { normaliseIdNumber } from '../shared/id-number.ts';
import { sexFromGb2261 } from '../shared/sex.ts';
import { isLocalId, shortText } from '../shared/short-text.ts';
import type { RegisterEntry } from '../shared/source.ts';
import { careField } from './care-fields.ts';

/** A `RegisterPerson` of the contract. The number is taken as it stands: it is what later reads are keyed by. */
export const registerRow = z
  .object({
    personNo: z.string().refine(isLocalId),
    name: shortText.transform(foldWidth),
    idNumber: shortText.default('').transform(normaliseIdNumber),
    sex: shortText.optional().transform(sexFromGb2261),
    birthDate: careField.optionalDate,
    division: shortText.default('').transform(parseDivision),
  })
  .transform(({ personNo, ...rest }): RegisterEntry => ({ localId: personNo, ...rest }));
