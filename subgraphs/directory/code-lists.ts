/** The closed sets of the directory, as the SDL names them. */

/** After HSDS `service.status`. */
export const SERVICE_STATUSES = ['ACTIVE', 'INACTIVE', 'TEMPORARILY_CLOSED', 'DEFUNCT'] as const;

export const SERVICE_KINDS = [
  'COUNSELLING_ROOM',
  'SCHOOL_COUNSELLING',
  'CLINIC',
  'INPATIENT_CARE',
  'REHABILITATION_STATION',
  'MEDIATION_ROOM',
  'HOTLINE',
  'SOCIAL_WORK',
  'LEGAL_AID',
  'ASSISTANCE',
  'PROTECTION',
  'EMPLOYMENT',
  'EMPLOYEE_ASSISTANCE',
  'EXPERT_POOL',
  'VOLUNTEERS',
] as const;

export const SERVICE_NEEDS = [
  'COUNSELLING',
  'SCHOOL_COUNSELLING',
  'PSYCHIATRIC_CARE',
  'CRISIS_INTERVENTION',
  'COMMUNITY_REHABILITATION',
  'CHILD_PROTECTION',
  'DOMESTIC_VIOLENCE',
  'PUBLIC_SAFETY',
  'MARRIAGE_AND_FAMILY',
  'PERINATAL_SUPPORT',
  'ELDERLY_SUPPORT',
  'BEREAVEMENT',
  'MEDIATION',
  'LEGAL_AID',
  'SOCIAL_ASSISTANCE',
  'HARDSHIP_AID',
  'DISABILITY_SUPPORT',
  'EMPLOYMENT',
  'EMPLOYEE_ASSISTANCE',
  'REINTEGRATION',
  'SOCIAL_WORK',
  'COMPANIONSHIP',
] as const;
export type ServiceNeed = (typeof SERVICE_NEEDS)[number];

export const AUDIENCES = [
  'RESIDENTS',
  'CHILDREN_IN_DIFFICULTY',
  'PUPILS',
  'PARENTS',
  'WOMEN',
  'OLDER_PEOPLE',
  'EMPLOYEES',
  'PATIENTS_AND_FAMILIES',
  'PEOPLE_WITH_DISABILITIES',
  'RELEASED_PEOPLE',
  'PEOPLE_IN_DISPUTE',
] as const;

export type Audience = (typeof AUDIENCES)[number];

export const CAPACITY_STATES = ['OPEN', 'WAITLIST', 'FULL', 'ASSESS_FIRST'] as const;
export type CapacityState = (typeof CAPACITY_STATES)[number];

export const LOCATION_KINDS = [
  'COUNSELLING_ROOM',
  'SCHOOL_ROOM',
  'SOCIAL_WORK_ROOM',
  'CLINIC',
  'WARD',
  'REHABILITATION_STATION',
  'MEDIATION_ROOM',
  'OFFICE',
  'RECEPTION',
  'HOTLINE_SEAT',
] as const;
export type LocationKind = (typeof LOCATION_KINDS)[number];

export const PROFESSIONS = [
  'PSYCHIATRIST',
  'NURSE',
  'COUNSELLOR',
  'SCHOOL_COUNSELLOR',
  'SOCIAL_WORKER',
  'MEDIATOR',
  'LAWYER',
  'REHABILITATION_WORKER',
  'POLICE_OFFICER',
  'VOLUNTEER',
  'OTHER',
] as const;

/** RFC 5545 `BYDAY`, as HSDS schedules write it; in the order of `Date.getUTCDay`. */
export const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const PHONE_KINDS = ['VOICE', 'MOBILE', 'FAX', 'TEXT', 'HOTLINE'] as const;
