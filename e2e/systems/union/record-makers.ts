/** Makes the rows of one member, a maker a category. */
import { shiftYears } from '../world/calendar.ts';
import type { Random } from '../world/random.ts';
import { AID, OUTSIDE, PROGRAMMES, STAGES } from './code-lists.ts';
import type { Code } from './code-lists.ts';
import { fullWidth } from '../world/full-width.ts';
import { writtenAmount, writtenDate, writtenNumber } from './quirks.ts';
import type { Category, Maker, Subject } from './record-types.ts';
import { STORY_FACTS } from './story-facts.ts';

const PROVIDERS = ['区职工服务中心心理驿站', '安心职工心理服务社', '桥头街道工会服务站', '区精神卫生中心职工门诊'];
const UNIONS = ['区总工会', '桥头街道总工会', '临湖街道总工会', '石井镇工会联合会'];
const COMMITTEES = ['区劳动争议调解中心', '区总工会劳动争议调解委员会', '临湖街道劳动争议调解室'];
const DISPUTES = ['劳动报酬', '工伤待遇', '劳动合同解除', '社会保险', '加班工资', '女职工特殊保护'];
const OUTSIDE_SHARE = 0.05;

const factsOf = ({ person }: Subject) => STORY_FACTS[person.story ?? ''];
/** Clerks take care over the people of the stories: what is told of them can be relied on. */
const slips = ({ person }: Subject, random: Random, share: number) => random.chance(share) && person.story === null;
const dayWithin = (random: Random, today: string, years: number) => random.date(shiftYears(today, -years), today);

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

const employeeAssistanceRows: Maker = (subject, random) => {
  const { today, employer } = subject;
  const drawn = () => ({
    programme: codeOr<Code>(random, OUTSIDE.programme, Object.values(PROGRAMMES)),
    opened: dayWithin(random, today, 4),
    sessions: random.int(1, 12),
  });
  const count = subject.always || (subject.age >= 18 && random.chance(0.22)) ? random.int(1, 2) : 0;
  return (factsOf(subject)?.assistance ?? times(count, drawn)).map(({ programme, opened, sessions }) => ({
    entered: opened,
    fields: {
      programCode: programme.code,
      programName: slips(subject, random, 0.04) ? null : programme.name,
      // Some employers run the service themselves: its name then tells who they are.
      provider: employer !== null && random.chance(0.12) ? `${employer}心理关爱室` : random.pick(PROVIDERS),
      startDate: writtenDate(random, opened),
      sessionTimes: slips(subject, random, 0.03) ? '若干' : writtenNumber(random, sessions),
      lastDate: sessions > 1 ? writtenDate(random, random.date(opened, today)) : '',
      // Neither may leave the union; the hub has no field for them.
      unitName: employer,
      talkNote: '谈话记录：来访者谈到近期工作压力与家庭情况。',
    },
  }));
};

const hardshipAidRows: Maker = (subject, random) => {
  const { today } = subject;
  const drawn = () => ({
    kind: codeOr<Code>(random, OUTSIDE.aid, Object.values(AID)),
    date: dayWithin(random, today, 6),
    yuan: random.int(3, 80) * 100,
  });
  const count = subject.always || random.chance(0.3) ? random.int(1, 4) : 0;
  return (factsOf(subject)?.aid ?? times(count, drawn)).map(({ kind, date, yuan }) => ({
    entered: date,
    fields: {
      aidType: random.chance(0.1) ? fullWidth(kind.code) : kind.code,
      aidTypeName: kind.name,
      amount: slips(subject, random, 0.03) ? '-' : writtenAmount(random, yuan),
      grantDate: writtenDate(random, date),
      unionName: random.pick(UNIONS),
    },
  }));
};

const workplaceMediationRows: Maker = (subject, random) => {
  const { today } = subject;
  const drawn = () => ({
    dispute: random.pick(DISPUTES),
    stage: codeOr<string>(random, OUTSIDE.stage, Object.values(STAGES)),
    opened: dayWithin(random, today, 5),
  });
  const count = subject.always || (subject.age >= 18 && random.chance(0.12)) ? 1 : 0;
  return (factsOf(subject)?.mediation ?? times(count, drawn)).map(({ dispute, stage, opened }) => ({
    entered: opened,
    fields: {
      disputeType: dispute,
      stage: random.chance(0.2) ? Number(stage) : stage,
      acceptDate: writtenDate(random, opened),
      agreeDate: stage === STAGES.agreed ? writtenDate(random, random.date(opened, today)) : null,
      committee: random.pick(COMMITTEES),
    },
  }));
};

function codeOr<T>(random: Random, outside: T, codes: readonly T[]): T {
  return random.chance(OUTSIDE_SHARE) ? outside : random.pick(codes);
}

export const MAKERS: Readonly<Record<Category, Maker>> = {
  'employee-assistance': employeeAssistanceRows,
  'hardship-aid': hardshipAidRows,
  'workplace-mediation': workplaceMediationRows,
};
