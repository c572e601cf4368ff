import type {
  AssistanceKind,
  ChildWelfareCategory,
  CivilAffairsSource,
  ElderlyCareService,
  FamilyGuidanceKind,
} from '../../adapters/civil-affairs/port.ts';
import { civilAffairsSettings } from '../../adapters/civil-affairs/settings.ts';
import { soapCivilAffairsSource } from '../../adapters/civil-affairs/soap-civil-affairs-source.ts';
import { soapReferralDesk } from '../../adapters/civil-affairs/soap-referral-desk.ts';
import { category } from '../shared/category-loaders.ts';
import { departmentModule } from '../shared/department-subgraph.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';

const ASSISTANCE_TITLES: Readonly<Record<AssistanceKind, string>> = {
  SUBSISTENCE_ALLOWANCE: '低保',
  EXTREME_POVERTY_SUPPORT: '特困供养',
  TEMPORARY_RELIEF: '临时救助',
  MEDICAL_ASSISTANCE: '医疗救助',
  OTHER: '社会救助',
};
const CHILD_TITLES: Readonly<Record<ChildWelfareCategory, string>> = {
  CHILD_IN_DIFFICULTY: '困境儿童保障',
  ORPHAN: '孤儿保障',
  DE_FACTO_UNSUPPORTED: '事实无人抚养儿童保障',
  LEFT_BEHIND: '留守儿童关爱',
  OTHER: '儿童福利保障',
};
const ELDERLY_TITLES: Readonly<Record<ElderlyCareService, string>> = {
  HOME_VISIT: '居家探访关爱',
  HOME_CARE: '居家照护',
  DAY_CARE: '日间照料',
  MEALS: '老年助餐',
  INSTITUTIONAL_CARE: '机构养老',
  OTHER: '养老关爱服务',
};
const GUIDANCE_TITLES: Readonly<Record<FamilyGuidanceKind, string>> = {
  PREMARITAL: '婚前辅导',
  MARITAL: '婚姻关系辅导',
  DIVORCE_COOLING_OFF: '离婚冷静期辅导',
  PARENT_AND_CHILD: '亲子关系辅导',
  OTHER: '婚姻家庭辅导',
};

export const subgraph = departmentModule<CivilAffairsSource, typeof civilAffairsSettings>({
  slug: 'civil-affairs',
  settings: civilAffairsSettings,
  createSource: (settings, { log }) => soapCivilAffairsSource(settings, { log }),
  createDesk: (settings, { log }) => soapReferralDesk(settings, { log }),
  categories: {
    assistance: category(
      (source: CivilAffairsSource) => source.assistanceOf,
      ({ from, kind, organisation }) => ({
        date: from,
        code: 'ASSISTANCE',
        title: ASSISTANCE_TITLES[kind],
        organisation,
      }),
    ),
    'child-welfare': category(
      (source: CivilAffairsSource) => source.childWelfareOf,
      ({ from, category: kind, childDirectorOrganisation: organisation }) => ({
        date: from,
        code: 'CHILD_WELFARE',
        title: CHILD_TITLES[kind],
        organisation,
      }),
    ),
    'elderly-care': category(
      (source: CivilAffairsSource) => source.elderlyCareOf,
      ({ from, service, organisation }) => ({
        date: from,
        code: 'ELDERLY_CARE',
        title: ELDERLY_TITLES[service],
        organisation,
      }),
    ),
    'family-guidance': category(
      (source: CivilAffairsSource) => source.familyGuidanceOf,
      ({ opened, kind, organisation }) => ({
        date: opened,
        code: 'FAMILY_GUIDANCE',
        title: GUIDANCE_TITLES[kind],
        organisation,
      }),
    ),
  },
});

if (import.meta.main) await runSubgraph(subgraph, { kind: 'department' });
