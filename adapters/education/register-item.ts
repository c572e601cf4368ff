import { z } from 'zod';
import { parseDivision } from '../shared/division.ts';
import { normaliseIdNumber } from '../shared/id-number.ts';
import { sexFromText } from '../shared/sex.ts';
import type { RegisterEntry } from '../shared/source.ts';
import { educationField as field, isStudentNo } from './fields.ts';

/** A line of the department's student register. */
export const registerItem = z
  .object({
    studentNo: field.studentNo.refine(isStudentNo),
    name: field.text,
    idCardNo: field.optionalText,
    sex: field.optionalText,
    birthDate: field.date,
    division: field.optionalText,
  })
  .transform(({ studentNo, name, idCardNo, sex, birthDate, division }): RegisterEntry => ({
    localId: studentNo,
    idNumber: normaliseIdNumber(idCardNo ?? ''),
    name,
    sex: sexFromText(sex),
    birthDate,
    division: parseDivision(division ?? ''),
  }));
