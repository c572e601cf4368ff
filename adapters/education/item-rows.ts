/** From the service's items to the rows of the port. What is not named here (`remark`, `score` …) goes nowhere. */
import { z } from 'zod';
import type { OwnedRow } from '../shared/batched-read.ts';
import { educationField as field } from './fields.ts';
import type { CounsellingService, EducationAssessment, Enrolment, ProtectionCase } from './port.ts';

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

export const enrolmentItem = z
  .object({
    studentNo: field.studentNo,
    schoolName: field.optionalText,
    schoolNo: field.optionalText,
    grade: field.optionalText,
    className: field.optionalText,
    status: field.code(ENROLMENT_STATUSES),
    enrolDate: field.date,
    leaveDate: field.date,
  })
  .transform(({ studentNo, schoolName, schoolNo, ...item }, context): OwnedRow<Enrolment> => {
    // The name is joined in from the school register, where closed schools are missing.
    const school = schoolName ?? schoolNo;
    if (school === null) {
      context.issues.push({ code: 'custom', input: null, path: ['schoolName'] });
      return z.NEVER;
    }
    const { grade, className, status, enrolDate, leaveDate } = item;
    return { localId: studentNo, row: { school, grade, class: className, status, from: enrolDate, to: leaveDate } };
  });

export const counsellingItem = z
  .object({
    studentNo: field.studentNo,
    kind: field.code(COUNSELLING_KINDS),
    roomName: field.optionalText,
    openDate: field.date,
    sessionCount: field.count,
    lastDate: field.date,
  })
  .transform(({ studentNo, kind, roomName, openDate, sessionCount, lastDate }): OwnedRow<CounsellingService> => ({
    localId: studentNo,
    row: { kind, organisation: roomName, opened: openDate, sessions: sessionCount, lastDate },
  }));

export const assessmentItem = z
  .object({
    studentNo: field.studentNo,
    scaleName: field.text,
    assessDate: field.date,
    level: field.code(LEVELS),
  })
  .transform(({ studentNo, scaleName, assessDate, level }): OwnedRow<EducationAssessment> => ({
    localId: studentNo,
    row: { instrument: scaleName, date: assessDate, level },
  }));

export const protectionItem = z
  .object({
    studentNo: field.studentNo,
    kind: field.code(PROTECTION_KINDS),
    openDate: field.date,
    status: field.code(PROTECTION_STATUSES),
  })
  .transform(({ studentNo, kind, openDate, status }): OwnedRow<ProtectionCase> => ({
    localId: studentNo,
    row: { kind, opened: openDate, status },
  }));
