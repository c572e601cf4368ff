import type { AuditedPerson, RequestRecord } from '../../adapters/audit/port.ts';

const MANY_PERSONS = 30;
const HOUR_MS = 3_600_000;
const NIGHT_FROM = 22;
const NIGHT_TO = 6;
const SHANGHAI_OFFSET_HOURS = 8;
/** Crises and reports are answered around the clock (domain, section 5). */
const AROUND_THE_CLOCK = new Set(['CRISIS_RESPONSE', 'MANDATORY_REPORTING']);

/** What the report looks for, in words: a reason to ask, for a human being, never a sanction. House rules, all of them. */
export const UNUSUAL_RULES = {
  NIGHT: {
    zh: `北京时间 ${NIGHT_FROM} 时至次日 ${NIGHT_TO} 时之间看到个人数据，危机干预与强制报告除外`,
    en: `Something of a person was shown between ${NIGHT_FROM}:00 and ${NIGHT_TO}:00 Beijing time, other than for crisis response and mandatory reporting`,
  },
  OTHER_DISTRICT: {
    zh: '紧急查阅看到了本辖区以外单位保管的记录',
    en: 'An emergency access opened records that a unit outside the jurisdiction keeps',
  },
  MANY_PERSONS: {
    zh: `同一使用者在任一小时内看到 ${MANY_PERSONS} 个以上不同的人`,
    en: `One user was shown more than ${MANY_PERSONS} distinct persons within an hour`,
  },
  OWN_NAME: { zh: '所看到的人与使用者本人同名', en: "The person shown bears the user's own name" },
  COLLEAGUE_NAME: {
    zh: '所看到的人与使用者同机构的同事同名',
    en: "The person shown bears the name of a colleague of the user's organisation",
  },
} as const;
type UnusualKind = keyof typeof UNUSUAL_RULES;

export interface UnusualFinding {
  readonly kind: UnusualKind;
  readonly subject: string;
  readonly client: string;
  readonly at: string;
  readonly recordIds: readonly string[];
}

/** What these records, oldest first, have that a rule names. What people see of themselves is nobody's to wonder about. */
export function unusualAccess(records: readonly RequestRecord[]): readonly UnusualFinding[] {
  const byStaff = records.filter(({ actor, persons }) => actor.personId === null && persons.some(isShown));
  const single = byStaff.flatMap((record) => kindsOf(record).map((kind) => finding(kind, [record])));
  return [...single, ...manyPersons(byStaff)].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function isShown({ coordinates }: AuditedPerson): boolean {
  return coordinates !== null;
}

function kindsOf({ at, purpose, persons }: RequestRecord): readonly UnusualKind[] {
  const shown = persons.filter(isShown);
  const kinds: readonly (readonly [UnusualKind, boolean])[] = [
    ['NIGHT', isNight(at) && !AROUND_THE_CLOCK.has(purpose)],
    ['OTHER_DISTRICT', shown.some(({ crossesJurisdiction }) => crossesJurisdiction)],
    ['OWN_NAME', shown.some(({ nameMatch }) => nameMatch === 'OWN')],
    ['COLLEAGUE_NAME', shown.some(({ nameMatch }) => nameMatch === 'COLLEAGUE')],
  ];
  return kinds.flatMap(([kind, holds]) => (holds ? [kind] : []));
}

function isNight(at: string): boolean {
  const hour = (new Date(at).getUTCHours() + SHANGHAI_OFFSET_HOURS) % 24;
  return hour >= NIGHT_FROM || hour < NIGHT_TO;
}

/** One finding for each hour that is too full, and none that overlaps it. */
function manyPersons(records: readonly RequestRecord[]): readonly UnusualFinding[] {
  return [...Map.groupBy(records, ({ actor }) => JSON.stringify([actor.client, actor.subject])).values()].flatMap(
    (ofOne) => fullHours(ofOne),
  );
}

function fullHours(records: readonly RequestRecord[]): readonly UnusualFinding[] {
  const findings: UnusualFinding[] = [];
  let window: RequestRecord[] = [];
  for (const record of records) {
    const now = Date.parse(record.at);
    window = [...window.filter(({ at }) => now - Date.parse(at) < HOUR_MS), record];
    const ids = new Set(window.flatMap(({ persons }) => persons.filter(isShown).map(({ id }) => id)));
    if (ids.size <= MANY_PERSONS) continue;
    findings.push(finding('MANY_PERSONS', window));
    window = [];
  }
  return findings;
}

function finding(kind: UnusualKind, records: readonly RequestRecord[]): UnusualFinding {
  const [first] = records;
  const { subject = '', client = '' } = first?.actor ?? {};
  return { kind, subject, client, at: first?.at ?? '', recordIds: records.map(({ id }) => id) };
}
