/** Makes the records of one person, a maker a category. */
import { shiftYears } from '../world/calendar.ts';
import type { Random } from '../world/random.ts';
import { ASSISTANCE, CHILD, ELDERLY_SERVICE, GUIDANCE, OUTSIDE } from './code-lists.ts';
import type { Code } from './code-lists.ts';
import { writtenAmount, writtenDate } from './quirks.ts';
import type { Maker, Subject } from './record-types.ts';
import { STORY_FACTS } from './story-facts.ts';

const DIRECTORS = ['王桂芳', '李秀珍', '刘玉梅', '陈爱华', '赵小燕', '田志红'];
const STATIONS = ['区婚姻家庭辅导中心', '临湖街道婚姻家庭辅导室', '石井镇婚姻家庭辅导室'];
const PROVIDERS = ['桥头街道综合养老服务中心', '临湖社区日间照料中心', '夕阳红居家养老服务社', '区社会福利中心'];
const OUTSIDE_SHARE = 0.04;

const codeFor = (random: Random, outside: Code, drawn: () => Code): Code =>
  random.chance(OUTSIDE_SHARE) ? outside : drawn();

/** A period within the last `years` years, the person's life and file: [from, to], `to` null while it goes on. */
function period(random: Random, { person, today, since }: Subject, years: number): readonly [string, string | null] {
  const earliest = [shiftYears(today, -years), person.birthDate, since].sort().at(-1) ?? since;
  const from = random.date(earliest, today);
  return [from, random.chance(0.6) ? null : random.date(from, today)];
}

export const assistanceRecords: Maker = (subject, random) => {
  const told = STORY_FACTS[subject.person.story ?? '']?.assistance;
  if (told === undefined && !subject.always && !random.chance(0.45)) return [];
  const kinds =
    told ??
    Array.from({ length: random.int(1, 3) }, () =>
      codeFor(random, OUTSIDE.assistance, () => random.pick(Object.values(ASSISTANCE))),
    );
  return kinds.map((kind) => {
    const monthly = kind.code === ASSISTANCE.subsistence.code || kind.code === ASSISTANCE.extremePoverty.code;
    const [from, to] = period(random, subject, 6);
    return {
      kind: kind.code,
      kindName: kind.name,
      amount: random.chance(0.03)
        ? null
        : writtenAmount(random, monthly ? random.int(40, 110) * 10 : random.int(5, 120) * 100),
      payment: monthly ? '1' : '2',
      beginDate: writtenDate(random, from),
      endDate: monthly ? to && writtenDate(random, to) : writtenDate(random, from),
      office: `${subject.committee.slice(0, -5)}所属街镇民政办`,
    };
  });
};

export const childWelfareRecords: Maker = (subject, random) => {
  const told = STORY_FACTS[subject.person.story ?? '']?.childWelfare;
  if (subject.age >= 18 || (told === undefined && !subject.always && !random.chance(0.5))) return [];
  const category =
    told ??
    codeFor(random, OUTSIDE.child, () =>
      random.weighted<Code>([
        [CHILD.difficulty, 4],
        [CHILD.leftBehind, 4],
        [CHILD.unsupported, 2],
        [CHILD.orphan, 1],
      ]),
    );
  const [from, to] = period(random, subject, 5);
  const { guardian } = subject;
  return [
    {
      category: category.code,
      categoryName: category.name,
      guardianName: guardian?.name ?? null,
      guardianRelation:
        guardian &&
        relationOf(guardian.sex, Number(subject.person.birthDate.slice(0, 4)) - Number(guardian.birthDate.slice(0, 4))),
      childDirector: random.pick(DIRECTORS),
      committee: subject.committee,
      beginDate: writtenDate(random, from),
      endDate: told ? null : to && writtenDate(random, to),
    },
  ];
};

function relationOf(sex: 'MALE' | 'FEMALE', yearsOlder: number): string {
  if (yearsOlder >= 42) return sex === 'MALE' ? '祖父' : '祖母';
  return sex === 'MALE' ? '父亲' : '母亲';
}

export const elderlyCareRecords: Maker = (subject, random) => {
  const told = STORY_FACTS[subject.person.story ?? '']?.elderlyCare;
  if (subject.age < 60 || (told === undefined && !subject.always && !random.chance(0.6))) return [];
  const services =
    told ??
    Array.from({ length: random.int(1, 2) }, () =>
      codeFor(random, OUTSIDE.elderly, () => random.pick(Object.values(ELDERLY_SERVICE))),
    );
  return services.map((service) => {
    const [from, to] = period(random, subject, Math.min(6, subject.age - 59));
    const assessed = random.chance(0.8);
    return {
      // GB/T 42195-2022: 0 intact to 4 completely impaired; 7 is a typing error.
      abilityLevel: assessed
        ? random.weighted([
            ['0', 5],
            ['1', 6],
            ['2', 4],
            ['3', 2],
            ['4', 1],
            ['7', 0.4],
          ])
        : null,
      assessDate: assessed ? writtenDate(random, from) : null,
      service: service.code,
      serviceName: service.name,
      provider: random.pick(PROVIDERS),
      beginDate: writtenDate(random, from),
      endDate: to && writtenDate(random, to),
    };
  });
};

export const familyGuidanceRecords: Maker = (subject, random) => {
  const told = STORY_FACTS[subject.person.story ?? '']?.familyGuidance;
  const fits = subject.age >= 22 && subject.age < 65;
  if (told === undefined && (!fits || !(subject.always || random.chance(0.3)))) return [];
  const kind = told ?? codeFor(random, OUTSIDE.guidance, () => random.pick(Object.values(GUIDANCE)));
  const opened = period(random, subject, 3)[0];
  const sessions = random.int(1, 12);
  return [
    {
      kind: kind.code,
      kindName: kind.name,
      openDate: writtenDate(random, opened),
      lastDate: sessions > 1 ? writtenDate(random, random.date(opened, subject.today)) : null,
      sessions: String(sessions),
      status: random.weighted([
        ['1', 4],
        ['2', 6],
        ['3', 1],
      ]),
      station: random.pick(STATIONS),
      // Must never leave the bureau; the adapter has no field for it.
      talkSummary: '谈话摘要：夫妻双方就子女抚养与沟通方式进行了交谈。',
    },
  ];
};
