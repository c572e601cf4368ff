/** Makes the records of one student, a maker a category. */
import type { SchoolStage } from '../world/model.ts';
import type { Random } from '../world/random.ts';
import { type Item, type Maker, oddity, type Student } from './item.ts';
import { type Attendance, schoolOn, schoolYears } from './school-years.ts';
import { STORY_FACTS } from './story-facts.ts';
import { typed, writtenDate } from './written.ts';

/** Stands in the answers of the service and must never come out of the adapter. */
export const REMARK = '备注（仅限辅导员查看）：学生自述家中常有争吵，夜里睡不着';

const GRADES: Readonly<Record<SchoolStage, readonly string[]>> = {
  KINDERGARTEN: ['小班', '中班', '大班'],
  PRIMARY: ['一年级', '二年级', '三年级', '四年级', '五年级', '六年级'],
  JUNIOR: ['初一', '初二', '初三'],
  SENIOR: ['高一', '高二', '高三'],
  UNIVERSITY: ['大一', '大二', '大三'],
};
const SCALES = ['中小学生心理健康测评（MHT）', '心理健康诊断量表（MSSMHS）', '青少年情绪筛查问卷'];
/** Codes that no list has, as they stand in the service. */
const OUTSIDE = { status: '98', kind: 'ZZ', level: '7', protection: 'XX', protectionStatus: '9' } as const;

export const enrolmentItems: Maker = (student, random) => {
  const years = schoolYears(student);
  return years.map((attendance, i) => {
    const last = i === years.length - 1;
    const { school, from, to, year } = attendance;
    return {
      recordNo: `${student.studentNo}-XJ${i + 1}`,
      studentNo: student.studentNo,
      schoolNo: school.id,
      // Missing referenced row: a school that was merged away is in no list any more.
      schoolName: oddity(student, 7, 3) && !last ? null : typed(random, school.name),
      grade: GRADES[school.stage][year] ?? null,
      className: typed(random, `(${random.int(1, 12)})班`),
      status: oddity(student, 11, 5) && last ? OUTSIDE.status : statusOf(student, { attendance, last, random }),
      enrolDate: writtenDate(random, from),
      leaveDate: to && writtenDate(random, to),
      remark: REMARK,
    };
  });
};

interface Standing {
  readonly attendance: Attendance;
  readonly last: boolean;
  readonly random: Random;
}

function statusOf({ person }: Student, { attendance: { to }, last, random }: Standing): string {
  if (to === null) return person.story === null && random.chance(0.05) ? random.pick(['02', '05']) : '01';
  if (last && person.story === null && random.chance(0.1)) return '06';
  return random.chance(0.06) ? '10' : '07';
}

export const counsellingItems: Maker = (student, random) => {
  const told = STORY_FACTS[student.person.story ?? '']?.counselling;
  const years = schoolYears(student);
  const school = years.at(-1);
  if (school === undefined || (told === undefined && !random.chance(0.35))) return [];
  const drawn = Array.from({ length: random.int(1, 2) }, () => {
    const opened = random.date(school.from, school.to ?? student.world.today);
    const sessions = random.int(1, 10);
    const kind = random.weighted([
      ['GB', 6],
      ['TT', 4],
      ['JT', 2],
      ['WJ', 1],
    ] as const);
    return { kind, opened, sessions, last: random.date(opened, school.to ?? student.world.today) };
  });
  return (told ?? drawn).map(({ kind, opened, sessions, last }, i) => ({
    recordNo: `${student.studentNo}-FD${i + 1}`,
    studentNo: student.studentNo,
    kind: oddity(student, 5, 2) ? OUTSIDE.kind : kind,
    roomName: random.chance(0.06) ? null : `${schoolOn(years, opened)?.school.name ?? ''}心理辅导室`,
    openDate: writtenDate(random, opened),
    sessionCount: random.chance(0.3) ? typed(random, String(sessions)) : sessions,
    lastDate: sessions > 1 || told ? writtenDate(random, last) : null,
    remark: REMARK,
    talkRecord: REMARK,
  }));
};

export const assessmentItems: Maker = (student, random) => {
  const told = STORY_FACTS[student.person.story ?? '']?.assessment;
  const school = schoolYears(student).at(-1);
  if (school === undefined || (told === undefined && !random.chance(0.8))) return [];
  const drawn = Array.from({ length: random.int(1, 3) }, () => ({
    date: random.date(school.from, school.to ?? student.world.today),
    level: random.weighted([
      ['0', 12],
      ['1', 4],
      ['2', 2],
      ['3', 1],
    ] as const),
  }));
  return (told ?? drawn).map(({ date, level }, i) => ({
    recordNo: `${student.studentNo}-CP${i + 1}`,
    studentNo: student.studentNo,
    scaleName: random.pick(SCALES),
    assessDate: writtenDate(random, date),
    level: oddity(student, 6, 4) ? OUTSIDE.level : random.chance(0.3) ? Number(level) : level,
    score: 1_000 + random.int(1, 999),
    remark: REMARK,
  }));
};

export const protectionItems: Maker = (student, random) => {
  const told = STORY_FACTS[student.person.story ?? '']?.protection;
  const school = schoolYears(student).at(-1);
  if (school === undefined || (told === undefined && !random.chance(0.15) && !oddity(student, 8, 6))) return [];
  const drawn = [
    {
      kind: random.pick(['QL', 'CX'] as const),
      opened: random.date(school.from, school.to ?? student.world.today),
      status: random.pick(['1', '2', '2'] as const),
    },
  ];
  return (told ?? drawn).map(({ kind, opened, status }, i): Item => ({
    recordNo: `${student.studentNo}-BH${i + 1}`,
    studentNo: student.studentNo,
    kind: oddity(student, 8, 6) ? OUTSIDE.protection : kind,
    openDate: writtenDate(random, opened),
    status: oddity(student, 8, 6) ? OUTSIDE.protectionStatus : status,
    remark: REMARK,
  }));
};
