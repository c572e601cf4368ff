/** What kinds of organisation there are, and what follows from the kind (domain, sections 2 and 5). */
export const ORGANISATION_KINDS = {
  DEPARTMENT: {},
  // The leading group's office, data protection: it oversees, and serves nobody.
  OFFICE: { withoutDepartment: true, sendsOnly: true },
  HOSPITAL: { hospital: true },
  PRIMARY_CARE: {},
  SCHOOL: {},
  UNIVERSITY: {},
  POLICE: { withoutDepartment: true },
  VILLAGE_COMMITTEE: { withoutDepartment: true },
  COMMUNITY_COMMITTEE: { withoutDepartment: true },
  GOVERNANCE_CENTRE: { withoutDepartment: true },
  DISABILITY_FEDERATION: {},
  EMPLOYMENT_SERVICE: {},
  SOCIAL_WORK_STATION: {},
  REHABILITATION_STATION: {},
  MEDIATION_COMMITTEE: {},
  LEGAL_AID_CENTRE: {},
  CHILD_WELFARE: {},
  ELDERLY_CARE: {},
  HOTLINE_CENTRE: {},
  // 信访接待场所: may send, never receive, never read.
  PETITION_RECEPTION: { withoutDepartment: true, sendsOnly: true },
  SOCIAL_ORGANISATION: {},
  OTHER: {},
} as const satisfies Readonly<Record<string, KindRules>>;
export type OrganisationKind = keyof typeof ORGANISATION_KINDS;

interface KindRules {
  /** Of no member department: nobody's system acts for it, whatever an entry says. */
  readonly withoutDepartment?: boolean;
  readonly sendsOnly?: boolean;
  /** Cannot reject a crisis or a green channel for capacity (精神卫生法 art. 28). */
  readonly hospital?: boolean;
}

const rulesOf = (kind: OrganisationKind): KindRules => ORGANISATION_KINDS[kind];

export const mayReceive = (kind: OrganisationKind): boolean => rulesOf(kind).sendsOnly !== true;
export const isHospital = (kind: OrganisationKind): boolean => rulesOf(kind).hospital === true;
export const mayHaveDepartment = (kind: OrganisationKind): boolean => rulesOf(kind).withoutDepartment !== true;
