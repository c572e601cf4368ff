/** What the sample health records are made of. The hospitals and stations do not exist; the standard codes do. */
import type { Coding } from '@medplum/fhirtypes';

export const ICD10 = 'http://hl7.org/fhir/sid/icd-10';
export const ATC = 'http://www.whocc.no/atc';
export const LOINC = 'http://loinc.org';
/** The department's own code systems: outside every published code set. */
export const LOCAL_DIAGNOSIS = 'https://emr.health.example/codes/diagnosis';
export const LOCAL_INSTRUMENT = 'https://emr.health.example/codes/instrument';
export const LOCAL_LEVEL = 'https://emr.health.example/codes/assessment-level';
export const EPISODE_TYPE = 'https://emr.health.example/codes/episode-type';
export const CARE_PLAN_CATEGORY = 'https://emr.health.example/codes/care-plan-category';
export const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
export const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
export const IDENTIFIER_TYPE = 'http://terminology.hl7.org/CodeSystem/v2-0203';
export const DIVISION_EXTENSION = 'https://emr.health.example/fhir/StructureDefinition/division-code';

export type Course = 'physical' | 'common' | 'severe' | 'child';

/** ICD-10 code, the hospital's own code of the same diagnosis, its name. */
export const DIAGNOSES: Readonly<Record<Course, readonly (readonly [string, string, string])[]>> = {
  physical: [
    ['I10', 'XN-0101', '特发性（原发性）高血压'],
    ['J06.9', 'XN-0604', '急性上呼吸道感染'],
    ['E11.9', 'XN-0412', '2型糖尿病不伴有并发症'],
    ['K29.5', 'XN-0702', '慢性胃炎'],
  ],
  common: [
    ['F41.1', 'JW-4101', '广泛性焦虑障碍'],
    ['F32.1', 'JW-3201', '中度抑郁发作'],
    ['F43.2', 'JW-4302', '适应障碍'],
    ['F51.0', 'JW-5101', '非器质性失眠症'],
  ],
  severe: [
    ['F20.0', 'JW-2001', '偏执型精神分裂症'],
    ['F31.9', 'JW-3109', '双相情感障碍'],
    ['F25.9', 'JW-2509', '分裂情感性障碍'],
  ],
  child: [
    ['F90.0', 'JW-9001', '注意缺陷与多动障碍'],
    ['F93.8', 'JW-9308', '儿童情绪障碍'],
    ['F32.0', 'JW-3200', '轻度抑郁发作'],
  ],
};

/** Diagnoses that the hospital has a code for and the standard has not. */
export const LOCAL_DIAGNOSES: readonly Coding[] = [
  { system: LOCAL_DIAGNOSIS, code: 'JW-Z901', display: '情绪问题（待查）' },
  { system: LOCAL_DIAGNOSIS, code: 'JW-Z907', display: '学校适应困难' },
];

export const INSTRUMENTS: readonly Coding[] = [
  { system: LOINC, code: '44249-1', display: '患者健康问卷（PHQ-9）' },
  { system: LOINC, code: '69737-5', display: '广泛性焦虑量表（GAD-7）' },
  { system: LOCAL_INSTRUMENT, code: 'SCL90', display: '症状自评量表（SCL-90）' },
  { system: LOCAL_INSTRUMENT, code: 'HAMD17', display: '汉密尔顿抑郁量表（HAMD-17）' },
];
export const LEVELS: readonly Coding[] = [
  { system: LOCAL_LEVEL, code: 'none', display: '无明显问题' },
  { system: LOCAL_LEVEL, code: 'mild', display: '轻度' },
  { system: LOCAL_LEVEL, code: 'moderate', display: '中度' },
  { system: LOCAL_LEVEL, code: 'severe', display: '重度' },
];

/** ATC code, name, dosage, course that it is prescribed in. */
export const DRUGS: readonly (readonly [string, string, string, Course])[] = [
  ['N06AB06', '盐酸舍曲林片', '50 mg，每日一次，早餐后', 'common'],
  ['N06AB10', '草酸艾司西酞普兰片', '10 mg，每日一次', 'common'],
  ['N05BA12', '阿普唑仑片', '0.4 mg，睡前，短期', 'common'],
  ['N05AH03', '奥氮平片', '10 mg，睡前', 'severe'],
  ['N05AX08', '利培酮片', '2 mg，每日两次', 'severe'],
  ['N05AN01', '碳酸锂片', '0.25 g，每日三次', 'severe'],
  ['N05AH04', '富马酸喹硫平片', '200 mg，每日两次', 'severe'],
  ['N06BA09', '盐酸托莫西汀胶囊', '25 mg，每日一次', 'child'],
  ['C08CA01', '苯磺酸氨氯地平片', '5 mg，每日一次', 'physical'],
  ['A10BA02', '盐酸二甲双胍片', '0.5 g，每日两次', 'physical'],
];

export const HOSPITALS = ['新桥区人民医院', '新桥市精神卫生中心', '新桥区中医院'] as const;
export const STATIONS = ['新桥街道社区卫生服务中心', '河东街道社区卫生服务中心', '南桥镇卫生院'] as const;
export const REHABILITATION_STATIONS = ['新桥街道精神障碍社区康复站', '河东“阳光驿站”', '南桥镇康复会所'] as const;
export const PROGRAMMES = ['服药训练', '生活技能训练', '社交技能训练', '职业康复训练', '同伴支持'] as const;
export const WORKERS = ['周敏', '何文斌', '沈佳', '陆建国', '唐丽'] as const;
export const SERVICES: Readonly<Record<Course, readonly string[]>> = {
  physical: ['内科', '全科医学科', '外科'],
  common: ['临床心理科', '精神科', '睡眠门诊'],
  severe: ['精神科', '重性精神病科'],
  child: ['儿童青少年心理科', '儿科'],
};
