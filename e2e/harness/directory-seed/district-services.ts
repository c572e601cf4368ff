import type { Random } from '../../systems/world/random.ts';
import { DISTRICT, NEIGHBOUR_DISTRICT } from '../../systems/world/places.ts';
import {
  ALL_DAY,
  type DirectorySeed,
  drawnCapacity,
  EIGHTEEN_HOURS,
  EVERY_DAY,
  landline,
  OFFICE_HOURS,
} from './entries.ts';

interface DistrictService {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly kind: string;
  readonly needs: readonly string[];
  readonly schedules: readonly object[];
  readonly room?: string;
  readonly area?: string;
  readonly [field: string]: unknown;
}

const hotline = (number: string, name: string, needs: readonly string[], schedules: readonly object[]) => ({
  id: `hotline-${number}-line`,
  organisation: `hotline-${number}`,
  name: `${number} ${name}`,
  kind: 'HOTLINE',
  needs,
  schedules,
  room: 'HOTLINE_SEAT',
  takesCrises: number === '12356',
  phones: [{ number, kind: 'HOTLINE' }],
});

const SERVICES: readonly DistrictService[] = [
  hotline('12356', '心理援助热线', ['COUNSELLING', 'CRISIS_INTERVENTION'], EIGHTEEN_HOURS),
  hotline('12320', '卫生热线', ['COUNSELLING'], EVERY_DAY),
  hotline('12338', '妇女维权公益服务热线', ['DOMESTIC_VIOLENCE', 'MARRIAGE_AND_FAMILY'], EVERY_DAY),
  hotline('12355', '青少年服务台', ['COUNSELLING', 'SCHOOL_COUNSELLING'], EVERY_DAY),
  hotline('12351', '职工维权热线', ['EMPLOYEE_ASSISTANCE', 'HARDSHIP_AID'], OFFICE_HOURS),
  {
    id: 'district-psychiatric-clinic',
    organisation: 'district-mental-health-centre',
    name: '精神科门诊',
    kind: 'CLINIC',
    needs: ['PSYCHIATRIC_CARE', 'CRISIS_INTERVENTION'],
    schedules: ALL_DAY,
    room: 'CLINIC',
    takesCrises: true,
    greenChannel: true,
    fees: [{ option: '普通门诊诊查费', amount: 15, description: '医保按规定报销。' }],
  },
  {
    id: 'district-child-psychiatry',
    organisation: 'district-mental-health-centre',
    name: '儿童青少年心理门诊',
    kind: 'CLINIC',
    needs: ['PSYCHIATRIC_CARE', 'COUNSELLING'],
    eligibility: { minimumAge: 3, maximumAge: 17, audiences: ['PUPILS'] },
    schedules: OFFICE_HOURS,
    room: 'CLINIC',
  },
  {
    id: 'district-psychiatric-ward',
    organisation: 'district-mental-health-centre',
    name: '精神科住院部',
    kind: 'INPATIENT_CARE',
    needs: ['PSYCHIATRIC_CARE', 'CRISIS_INTERVENTION'],
    eligibility: { minimumAge: 14 },
    schedules: ALL_DAY,
    room: 'WARD',
    takesCrises: true,
    greenChannel: true,
  },
  {
    id: 'general-hospital-psychology',
    organisation: 'district-general-hospital',
    name: '临床心理门诊',
    kind: 'CLINIC',
    needs: ['PSYCHIATRIC_CARE', 'COUNSELLING', 'PERINATAL_SUPPORT'],
    eligibility: { minimumAge: 14 },
    schedules: OFFICE_HOURS,
    room: 'CLINIC',
  },
  {
    id: 'district-counselling',
    organisation: 'district-counselling-centre',
    name: '区心理疏导室',
    kind: 'COUNSELLING_ROOM',
    needs: ['COUNSELLING', 'BEREAVEMENT', 'CRISIS_INTERVENTION'],
    schedules: OFFICE_HOURS,
    room: 'COUNSELLING_ROOM',
    languages: ['zh', 'yue', 'csl'],
    takesCrises: true,
  },
  {
    id: 'district-expert-pool',
    organisation: 'district-counselling-centre',
    name: '区心理服务专家库',
    kind: 'EXPERT_POOL',
    needs: ['COUNSELLING', 'CRISIS_INTERVENTION', 'BEREAVEMENT', 'MEDIATION'],
    schedules: OFFICE_HOURS,
  },
  {
    id: 'legal-aid',
    organisation: 'legal-aid-centre',
    name: '法律援助',
    kind: 'LEGAL_AID',
    needs: ['LEGAL_AID', 'DOMESTIC_VIOLENCE'],
    schedules: OFFICE_HOURS,
    room: 'OFFICE',
  },
  {
    id: 'child-protection',
    organisation: 'child-protection-centre',
    name: '未成年人保护',
    kind: 'PROTECTION',
    needs: ['CHILD_PROTECTION', 'SOCIAL_ASSISTANCE'],
    eligibility: { maximumAge: 17, audiences: ['CHILDREN_IN_DIFFICULTY'] },
    schedules: ALL_DAY,
    room: 'OFFICE',
    takesCrises: true,
  },
  {
    id: 'social-assistance',
    organisation: 'civil-affairs-bureau',
    name: '社会救助',
    kind: 'ASSISTANCE',
    needs: ['SOCIAL_ASSISTANCE', 'ELDERLY_SUPPORT'],
    schedules: OFFICE_HOURS,
  },
  {
    id: 'marriage-guidance',
    organisation: 'civil-affairs-bureau',
    name: '婚姻家庭辅导室',
    kind: 'COUNSELLING_ROOM',
    needs: ['MARRIAGE_AND_FAMILY'],
    eligibility: { lifeStages: ['PREMARITAL', 'MARRIED', 'ADULT'] },
    schedules: OFFICE_HOURS,
    room: 'OFFICE',
  },
  {
    id: 'family-support',
    organisation: 'womens-federation',
    name: '家庭关爱与维权服务',
    kind: 'ASSISTANCE',
    needs: ['DOMESTIC_VIOLENCE', 'MARRIAGE_AND_FAMILY', 'PERINATAL_SUPPORT'],
    eligibility: { audiences: ['WOMEN', 'PARENTS'] },
    schedules: OFFICE_HOURS,
  },
  {
    id: 'employee-assistance',
    organisation: 'trade-union',
    name: '职工心理关爱（EAP）',
    kind: 'EMPLOYEE_ASSISTANCE',
    needs: ['EMPLOYEE_ASSISTANCE', 'HARDSHIP_AID', 'COUNSELLING'],
    eligibility: { minimumAge: 16, audiences: ['EMPLOYEES'] },
    schedules: OFFICE_HOURS,
  },
  {
    id: 'disability-support',
    organisation: 'disability-federation',
    name: '精神残疾人服务',
    kind: 'ASSISTANCE',
    needs: ['DISABILITY_SUPPORT', 'COMMUNITY_REHABILITATION'],
    eligibility: { audiences: ['PEOPLE_WITH_DISABILITIES'] },
    schedules: OFFICE_HOURS,
    languages: ['zh', 'csl'],
  },
  {
    id: 'governance-coordination',
    organisation: 'governance-centre',
    name: '矛盾纠纷与心理服务一站式受理',
    kind: 'SOCIAL_WORK',
    needs: ['MEDIATION', 'SOCIAL_WORK'],
    schedules: OFFICE_HOURS,
    room: 'RECEPTION',
  },
  {
    id: 'police-protection',
    organisation: 'police-bureau',
    name: '报警处置与人身安全保护',
    kind: 'PROTECTION',
    needs: ['PUBLIC_SAFETY', 'CHILD_PROTECTION', 'DOMESTIC_VIOLENCE'],
    schedules: ALL_DAY,
    takesCrises: true,
  },
  {
    id: 'job-placement',
    organisation: 'employment-service',
    name: '就业援助',
    kind: 'EMPLOYMENT',
    needs: ['EMPLOYMENT'],
    eligibility: { minimumAge: 16 },
    schedules: OFFICE_HOURS,
  },
  {
    id: 'volunteer-visits',
    organisation: 'volunteer-association',
    name: '志愿陪伴',
    kind: 'VOLUNTEERS',
    needs: ['COMPANIONSHIP', 'ELDERLY_SUPPORT'],
    schedules: EVERY_DAY,
  },
  {
    id: 'district-b-psychology',
    organisation: 'district-b-hospital',
    name: '临床心理门诊',
    kind: 'CLINIC',
    needs: ['PSYCHIATRIC_CARE', 'COUNSELLING', 'CRISIS_INTERVENTION'],
    schedules: ALL_DAY,
    room: 'CLINIC',
    area: NEIGHBOUR_DISTRICT,
    takesCrises: true,
    greenChannel: true,
  },
];

/** Where relatives of a story go: always with room, so that a demonstration plays the same. */
const ALWAYS_OPEN = new Set(['district-psychiatric-clinic', 'hotline-12356-line', 'district-child-psychiatry']);

export function districtServices(random: Random, today: string): Partial<DirectorySeed> {
  return {
    services: SERVICES.map(({ room, area = DISTRICT, ...service }) => ({
      areas: [area],
      phones: landline(random),
      ...service,
      locations: room === undefined ? [] : [`${service.id}-place`],
      assuredDate: today,
    })),
    locations: SERVICES.flatMap(({ id, organisation, name, room, area = DISTRICT }) =>
      room === undefined ? [] : [{ id: `${id}-place`, organisation, name, kind: room, division: area }],
    ),
    capacities: SERVICES.map(({ id }) =>
      ALWAYS_OPEN.has(id) ? { id, state: 'OPEN', assuredDate: today } : drawnCapacity(random, id, today),
    ),
  };
}
