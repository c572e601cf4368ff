import type { OrganisationKind } from '../directory/organisation-kinds.ts';
import type { PurposeOfUse } from '../shared/caller.ts';
import type { Priority, ReferralKind } from './codes.ts';
import type { ReferralBasis } from './referral.ts';

/** What a kind of referral demands (domain, section 5). */
export interface KindRule {
  /** For which a party may create, see and move it. */
  readonly purposes: readonly PurposeOfUse[];
  readonly bases: readonly ReferralBasis['kind'][];
  readonly priorityAtLeast: Priority;
  /** Of the organisations in the directory; left out = any that may send or receive. */
  readonly requesterKinds?: readonly OrganisationKind[];
  readonly targetKinds?: readonly OrganisationKind[];
  /** It goes on from one of these, with its two sides exchanged. */
  readonly reversalOf?: readonly ReferralKind[];
  readonly needs?: 'DISCHARGE_ASSESSMENT' | 'INTAKE';
  /** Who may not reject it for capacity (精神卫生法 art. 28: diagnosis may not be refused; 未成年人保护法 art. 11: a report is taken). */
  readonly noCapacityGround?: 'FOR_HOSPITALS' | 'FOR_ANYBODY';
  /** Who may name the person by ID number and name: parties without a department, which have no other way; or anybody. */
  readonly byNumber?: 'BY_PARTIES' | 'BY_ANYBODY';
  /** Neither the person nor the guardian can stop it, and it is not in their list. */
  readonly statutory?: true;
}

/** For which somebody is cared for. */
export const CARE_PURPOSES: readonly PurposeOfUse[] = ['CARE', 'REFERRAL', 'CRISIS_RESPONSE'];
const HOSPITAL: readonly OrganisationKind[] = ['HOSPITAL'];
/** Where somebody who left the hospital is cared for (精神障碍社区康复服务工作规范). */
const COMMUNITY: readonly OrganisationKind[] = [
  'REHABILITATION_STATION',
  'PRIMARY_CARE',
  'SOCIAL_WORK_STATION',
  'DISABILITY_FEDERATION',
  'COMMUNITY_COMMITTEE',
  'VILLAGE_COMMITTEE',
  'SOCIAL_ORGANISATION',
  'DEPARTMENT',
];

export const KIND_RULES: Readonly<Record<ReferralKind, KindRule>> = {
  SERVICE: {
    purposes: CARE_PURPOSES,
    bases: ['CONSENT', 'EMERGENCY'],
    priorityAtLeast: 'ROUTINE',
    byNumber: 'BY_PARTIES',
  },
  TWO_WAY_DOWN: {
    purposes: CARE_PURPOSES,
    bases: ['CONSENT'],
    priorityAtLeast: 'ROUTINE',
    requesterKinds: HOSPITAL,
    targetKinds: COMMUNITY,
    needs: 'DISCHARGE_ASSESSMENT',
  },
  TWO_WAY_UP: {
    purposes: CARE_PURPOSES,
    bases: ['CONSENT'],
    priorityAtLeast: 'ROUTINE',
    requesterKinds: COMMUNITY,
    targetKinds: HOSPITAL,
    byNumber: 'BY_PARTIES',
  },
  GREEN_CHANNEL: {
    purposes: CARE_PURPOSES,
    bases: ['CONSENT', 'EMERGENCY'],
    priorityAtLeast: 'URGENT',
    targetKinds: HOSPITAL,
    reversalOf: ['TWO_WAY_DOWN', 'SERVICE'],
    noCapacityGround: 'FOR_HOSPITALS',
  },
  CRISIS: {
    purposes: CARE_PURPOSES,
    bases: ['CONSENT', 'EMERGENCY'],
    priorityAtLeast: 'CRISIS',
    noCapacityGround: 'FOR_HOSPITALS',
    byNumber: 'BY_PARTIES',
  },
  // 未成年人保护法 art. 11, 39, 40; 反家庭暴力法 art. 14.
  MANDATORY_REPORT: {
    purposes: ['MANDATORY_REPORTING'],
    bases: ['MANDATORY_REPORT'],
    priorityAtLeast: 'CRISIS',
    targetKinds: ['POLICE', 'DEPARTMENT', 'CHILD_WELFARE'],
    noCapacityGround: 'FOR_ANYBODY',
    byNumber: 'BY_ANYBODY',
    statutory: true,
  },
  HOTLINE_INTAKE: {
    purposes: CARE_PURPOSES,
    bases: ['CONSENT'],
    priorityAtLeast: 'ROUTINE',
    needs: 'INTAKE',
    byNumber: 'BY_PARTIES',
  },
  MEDIATION_SUPPORT: {
    purposes: CARE_PURPOSES,
    bases: ['CONSENT'],
    priorityAtLeast: 'ROUTINE',
    requesterKinds: ['MEDIATION_COMMITTEE', 'DEPARTMENT', 'GOVERNANCE_CENTRE'],
    byNumber: 'BY_PARTIES',
  },
};

/** Departments that act on a report, by the law that names them; police have no department here. */
export const REPORT_DEPARTMENTS: readonly string[] = ['CIVIL_AFFAIRS', 'EDUCATION'];
