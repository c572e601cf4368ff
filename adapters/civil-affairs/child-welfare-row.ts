import { z } from 'zod';
import { maskedName } from '../shared/masked-name.ts';
import { careField, fromCodeSet } from './care-fields.ts';
import type { ChildWelfare, ChildWelfareCategory } from './port.ts';

const CATEGORIES: Readonly<Record<string, ChildWelfareCategory>> = {
  A: 'CHILD_IN_DIFFICULTY',
  B: 'ORPHAN',
  C: 'DE_FACTO_UNSUPPORTED',
  D: 'LEFT_BEHIND',
};

/** A `ChildWelfareRecord` of the contract. The guardian's name is masked here and goes no further. */
export const childWelfareRow = z
  .object({
    category: careField.code,
    categoryName: careField.optionalText,
    guardianName: careField.optionalText,
    guardianRelation: careField.optionalText,
    childDirector: careField.optionalText,
    committee: careField.optionalText,
    beginDate: careField.date,
    endDate: careField.optionalDate,
  })
  .transform((record): ChildWelfare => ({
    category: fromCodeSet(CATEGORIES, record.category, 'OTHER'),
    categoryCode: record.category,
    categoryDisplay: record.categoryName,
    guardianName: record.guardianName && maskedName(record.guardianName),
    guardianRelation: record.guardianRelation,
    childDirector: record.childDirector,
    childDirectorOrganisation: record.committee,
    from: record.beginDate,
    to: record.endDate,
  }));
