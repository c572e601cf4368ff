import { DISTRICT, NEIGHBOUR_DISTRICT } from '../../systems/world/places.ts';
import type { SeededEntry } from './entries.ts';

const OFFICE = 'leading-group-office';

interface Office {
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
  readonly department?: string;
  readonly supervisor?: string | null;
  readonly division?: string;
}

/** Twelve departments, the offices beside them, and the parties of the district that have no departmental system. */
const OFFICES: readonly Office[] = [
  { id: OFFICE, name: '心桥区心理疏导和人文关怀工作领导小组办公室', kind: 'OFFICE', supervisor: null },
  { id: 'data-protection-office', name: '心桥区数据保护办公室', kind: 'OFFICE' },
  { id: 'education-bureau', name: '心桥区教育局', department: 'EDUCATION' },
  { id: 'health-commission', name: '心桥区卫生健康委员会', department: 'HEALTH' },
  { id: 'civil-affairs-bureau', name: '心桥区民政局', department: 'CIVIL_AFFAIRS' },
  { id: 'justice-bureau', name: '心桥区司法局', department: 'JUSTICE' },
  { id: 'womens-federation', name: '心桥区妇女联合会', department: 'WOMENS_FEDERATION' },
  { id: 'trade-union', name: '心桥区总工会', department: 'UNION' },
  { id: 'political-legal-commission', name: '心桥区委政法委员会' },
  { id: 'human-resources-bureau', name: '心桥区人力资源和社会保障局' },
  { id: 'medical-insurance-bureau', name: '心桥区医疗保障局' },
  { id: 'youth-league', name: '共青团心桥区委员会' },
  { id: 'veterans-bureau', name: '心桥区退役军人事务局' },
  { id: 'culture-bureau', name: '心桥区文化和旅游局' },
  { id: 'police-bureau', name: '心桥市公安局心桥分局', kind: 'POLICE' },
  { id: 'disability-federation', name: '心桥区残疾人联合会', kind: 'DISABILITY_FEDERATION' },
  {
    id: 'governance-centre',
    name: '心桥区综治中心',
    kind: 'GOVERNANCE_CENTRE',
    supervisor: 'political-legal-commission',
  },
  { id: 'petition-reception', name: '心桥区人民来访接待大厅', kind: 'PETITION_RECEPTION' },
  {
    id: 'employment-service',
    name: '心桥区公共就业服务中心',
    kind: 'EMPLOYMENT_SERVICE',
    supervisor: 'human-resources-bureau',
  },
  { id: 'district-counselling-centre', name: '心桥区社会心理服务中心', kind: 'OTHER' },
  {
    id: 'volunteer-association',
    name: '心桥区心理志愿者协会',
    kind: 'SOCIAL_ORGANISATION',
    supervisor: 'youth-league',
  },
  {
    id: 'legal-aid-centre',
    name: '心桥区法律援助中心',
    kind: 'LEGAL_AID_CENTRE',
    department: 'JUSTICE',
    supervisor: 'justice-bureau',
  },
  {
    id: 'child-protection-centre',
    name: '心桥区未成年人救助保护中心',
    kind: 'CHILD_WELFARE',
    department: 'CIVIL_AFFAIRS',
    supervisor: 'civil-affairs-bureau',
  },
  {
    id: 'district-mental-health-centre',
    name: '心桥区精神卫生中心',
    kind: 'HOSPITAL',
    department: 'HEALTH',
    supervisor: 'health-commission',
  },
  {
    id: 'district-general-hospital',
    name: '心桥区人民医院',
    kind: 'HOSPITAL',
    department: 'HEALTH',
    supervisor: 'health-commission',
  },
  {
    id: 'education-bureau-b',
    name: '邻江区教育局',
    department: 'EDUCATION',
    division: NEIGHBOUR_DISTRICT,
    supervisor: null,
  },
  {
    id: 'district-b-hospital',
    name: '邻江区第一人民医院',
    kind: 'HOSPITAL',
    department: 'HEALTH',
    division: NEIGHBOUR_DISTRICT,
    supervisor: null,
  },
  ...[
    ['12356', '心理援助热线', 'HEALTH', 'health-commission'],
    ['12320', '卫生热线', 'HEALTH', 'health-commission'],
    ['12338', '妇女维权公益服务热线', 'WOMENS_FEDERATION', 'womens-federation'],
    ['12355', '青少年服务台', null, 'youth-league'],
    ['12351', '职工维权热线', 'UNION', 'trade-union'],
  ].map(([number, name, department, supervisor]) => ({
    id: `hotline-${number}`,
    name: `${number} ${name}心桥区接听点`,
    kind: 'HOTLINE_CENTRE',
    supervisor: supervisor ?? OFFICE,
    ...(department && { department }),
  })),
];

export const offices: readonly SeededEntry[] = OFFICES.map(
  ({ kind = 'DEPARTMENT', supervisor = OFFICE, division = DISTRICT, ...rest }) => ({
    ...rest,
    kind,
    supervisor,
    division,
  }),
);
