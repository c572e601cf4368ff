/** The bureau's code lists, and what their codes mean here. Codes outside them become OTHER; the code itself is kept. */
import type { LegalAidKind, LegalAidStage, MediationKind, MediationStage } from './port.ts';

export const legalAidKind = codeSet<LegalAidKind>({
  '01': 'ADVICE',
  '02': 'DRAFTING',
  '03': 'CRIMINAL',
  '04': 'CIVIL',
  '05': 'DUTY_LAWYER',
  '06': 'LABOUR',
});

export const legalAidStage = codeSet<LegalAidStage>({
  '10': 'APPLIED',
  '20': 'GRANTED',
  '21': 'REFUSED',
  '30': 'IN_PROGRESS',
  '40': 'CLOSED',
  '41': 'TERMINATED',
});

export const mediationKind = codeSet<MediationKind>({
  HY: 'MARRIAGE_AND_FAMILY',
  LL: 'NEIGHBOURS',
  FW: 'HOUSING',
  HT: 'CONTRACT',
  SC: 'TRADE',
  PC: 'DAMAGES',
  LD: 'LABOUR',
  XY: 'SCHOOL',
});

export const mediationStage = codeSet<MediationStage>({
  '1': 'ACCEPTED',
  '2': 'IN_PROGRESS',
  '3': 'AGREED',
  '4': 'NOT_AGREED',
  '5': 'WITHDRAWN',
});

function codeSet<Meaning>(codes: Readonly<Record<string, Meaning>>): (code: string | null) => Meaning | 'OTHER' {
  const meanings = new Map(Object.entries(codes));
  return (code) => meanings.get(code?.toUpperCase() ?? '') ?? 'OTHER';
}
