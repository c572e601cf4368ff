/** From the service's items to the rows of the port. What is not named here (`remark`, `score` …) goes nowhere. */
import { z } from 'zod';
import type { OwnedRow } from '../shared/batched-read.ts';
import { educationField as field } from './fields.ts';
import type { CounsellingService, EducationAssessment, Enrolment, ProtectionCase } from './port.ts';

export interface Owned<Row> extends OwnedRow<Row> {
  /** The record's number in its list; `null` where nobody gave it one. */
  readonly recordNo: string | null;
}

/** The department's own numbers. A pupil who came back (05) is enrolled. */
const ENROLMENT_STATUSES = {
  '01': 'ENROLLED',
  '02': 'ON_LEAVE',
  '05': 'ENROLLED',
  '06': 'DROPPED_OUT',
  '07': 'GRADUATED',
  '10': 'TRANSFERRED',
} as const;
const COUNSELLING_KINDS = { GB: 'INDIVIDUAL', TT: 'GROUP', JT: 'FAMILY', WJ: 'CRISIS' } as const;
const LEVELS = { '0': 'NONE', '1': 'MILD', '2': 'MODERATE', '3': 'SEVERE' } as const;
const PROTECTION_KINDS = { QL: 'BULLYING', CX: 'DROP_OUT' } as const;
const PROTECTION_STATUSES = { '1': 'OPEN', '2': 'CLOSED' } as const;

// A number that is none must not cost the row.
const owned = { studentNo: field.studentNo, recordNo: field.optionalText.catch(null) };

export const enrolmentItem = z
  .object({
    ...owned,
    schoolName: field.optionalText,
    schoolNo: field.optionalText,
    grade: field.optionalText,
    className: field.optionalText,
    status: field.code(ENROLMENT_STATUSES),
    enrolDate: field.date,
    leaveDate: field.date,
  })
  .transform(({ studentNo, recordNo, schoolName, schoolNo, ...item }, context): Owned<Enrolment> => {
    // The name is joined in from the school register, where closed schools are missing.
    const school = schoolName ?? schoolNo;
    if (school === null) {
      context.issues.push({ code: 'custom', input: null, path: ['schoolName'] });
      return z.NEVER;
    }
    const { grade, className, status, enrolDate, leaveDate } = item;
    return {
      localId: studentNo,
      recordNo,
      row: { school, grade, class: className, status, from: enrolDate, to: leaveDate },
    };
  });

export const counsellingItem = z
  .object({
    ...owned,
    kind: field.code(COUNSELLING_KINDS),
    roomName: field.optionalText,
    openDate: field.date,
    sessionCount: field.count,
    lastDate: field.date,
  })
  .transform(
    ({ studentNo, recordNo, kind, roomName, openDate, sessionCount, lastDate }): Owned<CounsellingService> => ({
      localId: studentNo,
      recordNo,
      row: { kind, organisation: roomName, opened: openDate, sessions: sessionCount, lastDate },
    }),
  );

export const assessmentItem = z
  .object({
    ...owned,
    scaleName: field.text,
    assessDate: field.date,
    level: field.code(LEVELS),
  })
  .transform(({ studentNo, recordNo, scaleName, assessDate, level }): Owned<EducationAssessment> => ({
    localId: studentNo,
    recordNo,
    row: { instrument: scaleName, date: assessDate, level },
  }));

export const protectionItem = z
  .object({
    ...owned,
    kind: field.code(PROTECTION_KINDS),
    openDate: field.date,
    status: field.code(PROTECTION_STATUSES),
  })
  .transform(({ studentNo, recordNo, kind, openDate, status }): Owned<ProtectionCase> => ({
    localId: studentNo,
    recordNo,
    row: { kind, opened: openDate, status },
  }));
