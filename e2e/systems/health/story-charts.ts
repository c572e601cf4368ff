/** The charts of the people whose stories the demo tells: written by hand, the same in every world. */
import type { WorldPerson } from '../world/model.ts';
import type { Chart } from './chart.ts';
import type { ClinicalResource } from './clinical-records.ts';
import { assessed, diagnosed, followedUp, prescribed, rehabilitated, visited } from './chart-lines.ts';

type Line = (localId: string, n: number) => ClinicalResource;

const CENTRE = '新桥市精神卫生中心';
const HOSPITAL = '新桥区人民医院';

/** A girl of fifteen, sent by her school's counsellor in spring 2026. */
const PUPIL: readonly Line[] = [
  visited({ date: '2026-03-24', code: 'AMB', service: '儿童青少年心理科', hospital: CENTRE }),
  visited({ date: '2026-04-07', code: 'AMB', service: '儿童青少年心理科', hospital: CENTRE }),
  visited({ date: '2026-10-13', code: 'AMB', service: '儿童青少年心理科', hospital: CENTRE }),
  diagnosed({
    icd: 'F32.1',
    local: 'JW-3201',
    display: '中度抑郁发作',
    onset: '2025-11',
    date: '2026-03-24',
    hospital: CENTRE,
  }),
  assessed({
    loinc: '44249-1',
    instrument: '患者健康问卷（PHQ-9）',
    level: 'severe',
    date: '2026-03-24',
    hospital: CENTRE,
  }),
  assessed({
    loinc: '44249-1',
    instrument: '患者健康问卷（PHQ-9）',
    level: 'moderate',
    date: '2026-10-13',
    hospital: CENTRE,
  }),
  followedUp({
    plan: '青少年抑郁随访',
    every: [2, 'wk'],
    from: '2026-04-07',
    last: '2026-11-10',
    due: '2026-11-24',
    worker: '沈佳',
  }),
  prescribed({
    atc: 'N06AB06',
    dosage: '50 mg，每日一次，早餐后',
    date: '2026-04-07',
    until: '2026-12-07',
    hospital: CENTRE,
  }),
];

/** The first of the two hospital numbers of a man with schizophrenia: the illness and the years in hospital. */
const ADULT_EARLIER: readonly Line[] = [
  visited({ date: '2016-05-11', end: '2016-07-20', code: 'IMP', service: '精神科', hospital: CENTRE }),
  visited({ date: '2019-02-26', end: '2019-04-02', code: 'IMP', service: '精神科', hospital: CENTRE }),
  diagnosed({
    icd: 'F20.0',
    local: 'JW-2001',
    display: '偏执型精神分裂症',
    onset: '2015',
    date: '2016-05-11',
    hospital: CENTRE,
  }),
];
/** The second: since 2022 at home, in community rehabilitation. */
const ADULT_LATER: readonly Line[] = [
  visited({ date: '2022-06-14', code: 'AMB', service: '精神科', hospital: HOSPITAL }),
  visited({ date: '2026-08-18', code: 'AMB', service: '精神科', hospital: HOSPITAL }),
  diagnosed({
    icd: 'F20.0',
    local: 'JW-2001',
    display: '偏执型精神分裂症',
    onset: '2015',
    date: '2022-06-14',
    hospital: HOSPITAL,
    status: 'remission',
  }),
  diagnosed({
    icd: 'F10.2',
    local: 'JW-1002',
    display: '使用酒精引起的依赖综合征',
    onset: '2024',
    date: '2026-08-18',
    hospital: HOSPITAL,
    withheld: true,
  }),
  assessed({
    loinc: null,
    instrument: '社会功能缺陷筛选量表（SDSS）',
    level: 'mild',
    date: '2026-08-18',
    hospital: HOSPITAL,
  }),
  followedUp({
    plan: '严重精神障碍患者管理',
    every: [3, 'mo'],
    from: '2022-06-20',
    last: '2026-09-15',
    due: '2026-12-15',
    worker: '何文斌',
  }),
  prescribed({ atc: 'N05AX08', dosage: '2 mg，每日两次', date: '2026-08-18', until: '2026-11-18', hospital: HOSPITAL }),
  rehabilitated({ programme: '服药训练', station: '新桥街道精神障碍社区康复站', from: '2022-09-01', to: '2023-08-31' }),
  rehabilitated({ programme: '职业康复训练', station: '新桥街道精神障碍社区康复站', from: '2023-09-04', to: null }),
];

const RETIRED: readonly Line[] = [
  visited({ date: '2017-03-06', code: 'AMB', service: '内科', hospital: HOSPITAL }),
  visited({ date: '2025-12-02', code: 'AMB', service: '睡眠门诊', hospital: HOSPITAL }),
  diagnosed({
    icd: 'I10',
    local: 'XN-0101',
    display: '特发性（原发性）高血压',
    onset: '2014',
    date: '2017-03-06',
    hospital: HOSPITAL,
  }),
  diagnosed({
    icd: 'F51.0',
    local: 'JW-5101',
    display: '非器质性失眠症',
    onset: '2024',
    date: '2025-12-02',
    hospital: HOSPITAL,
  }),
  prescribed({ atc: 'C08CA01', dosage: '5 mg，每日一次', date: '2025-12-02', until: null, hospital: HOSPITAL }),
];

const NEW_MOTHER: readonly Line[] = [
  visited({ date: '2026-08-24', end: '2026-08-28', code: 'IMP', service: '产科', hospital: HOSPITAL }),
  visited({ date: '2026-10-09', code: 'AMB', service: '产后康复门诊', hospital: HOSPITAL }),
  assessed({
    loinc: '99046-5',
    instrument: '爱丁堡产后抑郁量表（EPDS）',
    level: 'moderate',
    date: '2026-10-09',
    hospital: HOSPITAL,
  }),
  diagnosed({
    icd: 'F53.0',
    local: 'JW-5300',
    display: '产褥期轻度精神和行为障碍',
    onset: '2026-09',
    date: '2026-10-09',
    hospital: HOSPITAL,
  }),
  followedUp({
    plan: '产后心理随访',
    every: [1, 'mo'],
    from: '2026-10-09',
    last: '2026-11-06',
    due: '2026-12-06',
    worker: '周敏',
  }),
];

const CHARTS: Readonly<Record<string, readonly (readonly Line[])[]>> = {
  'pupil-in-crisis': [PUPIL],
  'adult-patient': [ADULT_EARLIER, ADULT_LATER],
  'retired-worker': [RETIRED],
  'new-mother': [NEW_MOTHER],
};

/** The chart under one of the person's local ids; `null` for people without a chart of their own. */
export function storyChart({ story, localIds }: WorldPerson, { localId }: Chart): readonly ClinicalResource[] | null {
  const lines = CHARTS[story ?? '']?.[localIds.health.indexOf(localId)];
  return lines?.map((line, n) => line(localId, n)) ?? null;
}
