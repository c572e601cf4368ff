/** From the service's rows to those of the port. What is not named here (`talkNote` …) goes nowhere. */
import { z } from 'zod';
import type { OwnedRow } from '../shared/batched-read.ts';
import { meaningOf } from '../shared/loose-field.ts';
import { unionField as field } from './fields.ts';
import type {
  EmployeeAssistance,
  HardshipAid,
  HardshipAidKind,
  WorkplaceMediation,
  WorkplaceMediationStage,
} from './port.ts';

export interface Owned<Row> extends OwnedRow<Row> {
  /** The row's in its list. */
  readonly id: string;
}

const PROGRAMMES: Readonly<Record<string, string>> = {
  XL01: '个体心理咨询',
  XL02: '团体心理辅导',
  XL03: '心理危机援助',
  XL04: '职工家庭关系咨询',
};
const AID_KINDS: Readonly<Record<string, HardshipAidKind>> = {
  '1': 'LIVING',
  '2': 'MEDICAL',
  '3': 'SCHOOLING',
  '4': 'EMPLOYMENT',
};
const STAGES: Readonly<Record<string, WorkplaceMediationStage>> = {
  '10': 'ACCEPTED',
  '20': 'IN_PROGRESS',
  '30': 'AGREED',
  '40': 'FAILED',
  '50': 'WITHDRAWN',
};

const owned = { id: field.id, memberNo: field.memberNo };

export const assistanceRow = z
  .object({
    ...owned,
    programCode: field.optionalText,
    programName: field.optionalText,
    provider: field.optionalText,
    // Read only to keep the employer out of `provider`.
    unitName: field.optionalText,
    startDate: field.date,
    sessionTimes: field.count,
    lastDate: field.date,
  })
  .transform(({ id, memberNo, programCode, programName, ...item }, context): Owned<EmployeeAssistance> => {
    const programme = programName ?? nameOf(programCode);
    if (programme === null) return lacking(context, 'programName');
    const provider = tellsEmployer(item.provider, item.unitName) ? null : item.provider;
    const { startDate: opened, sessionTimes: sessions, lastDate } = item;
    return { id, localId: memberNo, row: { programme, provider, opened, sessions, lastDate } };
  });

export const aidRow = z
  .object({
    ...owned,
    aidType: field.optionalText,
    aidTypeName: field.optionalText,
    amount: field.amount,
    grantDate: field.date,
    unionName: field.optionalText,
  })
  .transform(({ id, memberNo, aidType, aidTypeName, amount, grantDate, unionName }): Owned<HardshipAid> => ({
    id,
    localId: memberNo,
    row: {
      kind: meaningOf(AID_KINDS, aidType),
      kindCode: aidType,
      kindDisplay: aidTypeName,
      amountCny: amount,
      date: grantDate,
      organisation: unionName,
    },
  }));

export const mediationRow = z
  .object({
    ...owned,
    disputeType: field.text,
    stage: field.optionalText,
    acceptDate: field.date,
    agreeDate: field.date,
    committee: field.optionalText,
  })
  .transform(({ id, memberNo, disputeType, stage, acceptDate, agreeDate, committee }): Owned<WorkplaceMediation> => ({
    id,
    localId: memberNo,
    row: {
      kind: disputeType,
      stage: meaningOf(STAGES, stage),
      stageCode: stage,
      opened: acceptDate,
      agreementDate: agreeDate,
      committee,
    },
  }));

/** A code outside the set stands for itself. */
function nameOf(code: string | null): string | null {
  return code !== null && Object.hasOwn(PROGRAMMES, code) ? (PROGRAMMES[code] ?? null) : code;
}

/** An employer that runs its own service gives it its own name. */
function tellsEmployer(provider: string | null, employer: string | null): boolean {
  return provider !== null && employer !== null && (provider.includes(employer) || employer.includes(provider));
}

function lacking(context: z.RefinementCtx, name: string): never {
  context.issues.push({ code: 'custom', input: null, path: [name] });
  return z.NEVER;
}
