/** What the hub asks of the trade union, in the domain's words. Field names are those of `schema/union.graphql`. */
import type { DepartmentSource, Read } from '../shared/source.ts';

/**
 * Facts of service only. What was said has no field here, nor has the employer, and there must be none: employee
 * assistance is never readable by an employer.
 */
export interface EmployeeAssistance {
  readonly programme: string;
  /** `null` too where its name would tell the employer. */
  readonly provider: string | null;
  /** FHIR date, perhaps partial; so are all dates here. */
  readonly opened: string | null;
  readonly sessions: number | null;
  readonly lastDate: string | null;
}

export type HardshipAidKind = 'LIVING' | 'MEDICAL' | 'SCHOOLING' | 'EMPLOYMENT' | 'OTHER';

export interface HardshipAid {
  readonly kind: HardshipAidKind;
  /** As the union wrote it, also where it is outside the code set. */
  readonly kindCode: string | null;
  readonly kindDisplay: string | null;
  readonly amountCny: number | null;
  readonly date: string | null;
  readonly organisation: string | null;
}

export type WorkplaceMediationStage = 'ACCEPTED' | 'IN_PROGRESS' | 'AGREED' | 'FAILED' | 'WITHDRAWN' | 'OTHER';

export interface WorkplaceMediation {
  readonly kind: string;
  readonly stage: WorkplaceMediationStage;
  readonly stageCode: string | null;
  readonly opened: string | null;
  readonly agreementDate: string | null;
  readonly committee: string | null;
}

export interface UnionSource extends DepartmentSource {
  readonly employeeAssistanceOf: Read<EmployeeAssistance>;
  readonly hardshipAidOf: Read<HardshipAid>;
  readonly workplaceMediationOf: Read<WorkplaceMediation>;
}
