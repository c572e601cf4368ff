/** The districts, schools and employers of the sample world. They grow with the number of people, never with the seed. */
import { organisationCodeOf } from './codes.ts';
import type { Division, Place, School, SchoolStage } from './model.ts';

/** 心桥区. Made up: GB/T 2260 has no province 39. */
export const DISTRICT = '390106';
/** 邻江区, the district beside it, with which jurisdiction can be shown. */
export const NEIGHBOUR_DISTRICT = '390107';
/** Where those come from who were born elsewhere; provinces 38 and 39 do not exist. */
export const BIRTHPLACES = ['380321', '380784', '390224'] as const;

interface Town {
  readonly code: string;
  readonly name: string;
  readonly villages: readonly string[];
}

const TOWNS: readonly Town[] = [
  { code: `${DISTRICT}001`, name: '桥头街道', villages: ['桥东社区', '桥西社区', '书院社区', '文昌社区', '望江社区'] },
  { code: `${DISTRICT}002`, name: '临湖街道', villages: ['柳堤社区', '荷花社区', '湖滨社区', '码头社区', '清风社区'] },
  { code: `${DISTRICT}003`, name: '新苑街道', villages: ['新苑一社区', '新苑二社区', '工人村社区', '机床厂社区'] },
  { code: `${DISTRICT}100`, name: '石井镇', villages: ['石井村', '杨家湾村', '龙泉村', '老街社区'] },
  { code: `${DISTRICT}101`, name: '青禾镇', villages: ['青禾村', '上坝村', '下坝村', '茶山村'] },
  { code: `${DISTRICT}200`, name: '云岭乡', villages: ['云岭村', '松树坪村', '大树村'] },
  { code: `${NEIGHBOUR_DISTRICT}001`, name: '邻江街道', villages: ['江北社区', '江南社区'] },
];

/** Communities (社区) count from 001, villages (村) from 200. */
const villagesOf = (town: Town): Division[] =>
  town.villages.map((name, i) => ({
    code: town.code + String(name.endsWith('社区') ? i + 1 : 200 + i).padStart(3, '0'),
    name,
  }));

export const DIVISIONS: readonly Division[] = [
  { code: DISTRICT, name: '心桥区' },
  ...TOWNS.filter(({ code }) => code.startsWith(DISTRICT)).flatMap((town) => [town, ...villagesOf(town)]),
  { code: NEIGHBOUR_DISTRICT, name: '邻江区' },
  ...TOWNS.filter(({ code }) => code.startsWith(NEIGHBOUR_DISTRICT)).flatMap((town) => [town, ...villagesOf(town)]),
].map(({ code, name }) => ({ code, name }));

const villageCodes = (district: string) =>
  DIVISIONS.map(({ code }) => code).filter((code) => code.length === 12 && code.startsWith(district));
export const VILLAGES: readonly string[] = villageCodes(DISTRICT);
export const NEIGHBOUR_VILLAGES: readonly string[] = villageCodes(NEIGHBOUR_DISTRICT);

interface StagePlan {
  readonly stage: SchoolStage;
  readonly idPrefix: string;
  readonly least: number;
  readonly peoplePerSchool: number;
  readonly name: (n: number) => string;
}

const STAGES: readonly StagePlan[] = [
  { stage: 'KINDERGARTEN', idPrefix: 'KG', least: 2, peoplePerSchool: 2_500, name: (n) => `心桥区第${n}幼儿园` },
  { stage: 'PRIMARY', idPrefix: 'PS', least: 3, peoplePerSchool: 3_000, name: (n) => `心桥区第${n}小学` },
  { stage: 'JUNIOR', idPrefix: 'JS', least: 2, peoplePerSchool: 5_000, name: (n) => `心桥区第${n}初级中学` },
  { stage: 'SENIOR', idPrefix: 'SS', least: 2, peoplePerSchool: 8_000, name: (n) => `心桥区第${n}高级中学` },
  { stage: 'UNIVERSITY', idPrefix: 'UN', least: 1, peoplePerSchool: 40_000, name: (n) => `心桥第${n}职业技术学院` },
];

export function schoolsFor(people: number): School[] {
  return STAGES.flatMap(({ stage, idPrefix, least, peoplePerSchool, name }, kind) => {
    const count = Math.max(least, Math.ceil(people / peoplePerSchool));
    return Array.from({ length: count }, (_, i) => ({
      id: idPrefix + String(i + 1).padStart(3, '0'),
      name: name(i + 1),
      division: villageAt(i * 7 + kind),
      organisationCode: organisationCodeOf('12', DISTRICT, 10_000 * (kind + 1) + i),
      stage,
    }));
  });
}

const BRANDS = [...'恒盛瑞泰兴达华信安顺鼎诚联汇宏通嘉禾博远晟源'];
const TRADES = [
  '机械制造',
  '服装',
  '电子',
  '建筑工程',
  '物流',
  '餐饮服务',
  '环卫服务',
  '家政服务',
  '超市',
  '印刷包装',
  '食品',
];

export function employersFor(people: number): Place[] {
  const count = Math.max(8, Math.ceil(people / 150));
  return Array.from({ length: count }, (_, i) => ({
    id: `E${String(i + 1).padStart(4, '0')}`,
    name: `心桥${brandAt(i)}${brandAt(Math.floor(i / BRANDS.length) + 5)}${TRADES[i % TRADES.length] ?? ''}有限公司`,
    division: villageAt(i * 5),
    organisationCode: organisationCodeOf('91', DISTRICT, 100_000 + i),
  }));
}

const brandAt = (i: number) => BRANDS[i % BRANDS.length] ?? '';
const villageAt = (i: number) => VILLAGES[i % VILLAGES.length] ?? '';
