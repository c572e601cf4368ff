/** The justice bureau's database, taken over: it answers the hub's statements with rows of its choice. */
import type { SqlDriver } from '../../adapters/shared/sql-driver.ts';
import { postgresSql } from '../../adapters/shared/sql-statement.ts';
import { sqlJusticeSource } from '../../adapters/justice/sql-justice-source.ts';
import { type HostileDepartment, readsOf } from './hostile-department.ts';
import { writeJson } from './hostile-values.ts';
import { objectIn } from './list-spoils.ts';
import { type MarkedPerson, NOT_KNOWN, PEOPLE } from './people.ts';
import { retoldTree } from './retold.ts';
import { pick, type Spoil, spoilt, type Spoils } from './spoil.ts';
import { TREE_SPOILS } from './spoil-tree.ts';

/** To this department case, width and space are part of a number. */
const IDS = ['SF-1a', 'SF-2b', 'SF-3c', 'SF-0d', 'SF-1A', 'ＳＦ-1a'];
const READS = ['legalAidOf', 'mediationOf', 'reintegrationOf'] as const;

const VIEWS: Readonly<Record<string, (person: MarkedPerson, n: number) => object>> = {
  v_legal_aid: ({ mark, year }, n) => ({
    kind_code: `04${mark}`,
    kind_name: `${mark}代理`,
    stage_code: `30${mark}`,
    applied_on: `${year}-01-0${1 + n}`,
    decided_on: `${year}0201`,
    closed_on: `${year}年3月`,
    office: `${mark}中心`,
    juvenile: '0',
    facts: `${mark}案情`,
  }),
  v_mediation: ({ mark, year }, n) => ({
    kind_code: `HY${mark}`,
    kind_name: `${mark}纠纷`,
    stage_code: `3${mark}`,
    accepted_on: `${year}-04-0${1 + n}`,
    agreement_on: `${year}/5/1`,
    committee: `${mark}委员会`,
  }),
  v_reintegration: ({ mark, year }, n) => ({
    from_on: `${year}-06-0${1 + n}`,
    to_on: `${year}-07-01`,
    worker: `${mark}志强`,
    office: `${mark}司法所`,
    juvenile: '0',
    sealed: '0',
  }),
};

/** Values that other drivers give, and some that none should. */
const DRIVER_VALUES: readonly (() => unknown)[] = [
  () => undefined,
  () => new Date(0),
  () => new Date(Number.NaN),
  () => Buffer.from('x'),
  () => 10n,
  () => Number.NaN,
  () => Infinity,
  () => Symbol('x'),
  () => () => 'x',
  () => new Map([['a', 1]]),
  () => -0,
  () => 1e21,
  () => true,
];

const rowsOf = (rows: unknown): unknown[] => (Array.isArray(rows) ? (rows as unknown[]) : []);
const onRow =
  (change: (row: Record<string, unknown>, spoil: Spoil, rows: unknown[]) => void) => (rows: unknown, spoil: Spoil) => {
    const row = objectIn(pick(rowsOf(rows), spoil.where));
    if (row !== null) change(row, spoil, rowsOf(rows));
    return rows;
  };
const ofAnother = (row: object, to: number) => objectIn(retoldTree(row, { to, ids: IDS })) ?? {};

const SPOILS: Spoils<unknown> = {
  ...TREE_SPOILS,
  'a row of somebody else': onRow((row, { how }, rows) => {
    rows.splice(how % (rows.length + 1), 0, ofAnother(row, how % PEOPLE.length));
  }),
  'a row of somebody else beside somebody known': onRow((row, { where, how }, rows) => {
    // A join that is wrong: `known_no` of one person, the rest of another.
    const known_no = where % 2 === 0 ? row.known_no : IDS[where % IDS.length];
    rows.push({ ...ofAnother(row, how % PEOPLE.length), known_no });
  }),
  'a row of nobody': onRow((row, { where, how }) => {
    const owner = String(row.person_no);
    const variants = [
      null,
      '',
      ` ${owner}`,
      `${owner} `,
      `${owner}\n`,
      `${owner}\u200b`,
      `${owner}\u0000`,
      `${owner},x`,
      7,
      true,
      [owner],
    ];
    row[where % 3 === 0 ? 'known_no' : 'person_no'] = pick(variants, how);
  }),
  'a value of another driver': onRow((row, { where, how }) => {
    const key = pick(Object.keys(row), where + how);
    if (key !== undefined) row[key] = pick(DRIVER_VALUES, how)?.();
  }),
  'one case of two persons': onRow((row, { how }, rows) => {
    rows.push({ ...ofAnother(row, how % PEOPLE.length), case_no: row.case_no, sealed: '1', juvenile: '1' });
  }),
  'more rows than were asked for': (rows, { where, how }) => {
    // The row limit is 50,000, the page of the register 500: one in eight.
    const [first] = rowsOf(rows);
    return where % 8 === 0 ? Array.from({ length: how % 2 === 0 ? 50_001 : 501 }, () => first) : rows;
  },
  'no rows at all': (_, { how }) =>
    pick([[], [[]], [null], [undefined, undefined], ['rows', 7], [{ rows: [] }], [new Map()]], how),
};

function answer(text: string, values: readonly unknown[]): unknown {
  const view = /FROM (v_\w+) r |JOIN (v_\w+) r |FROM (v_register) v/.exec(text)?.slice(1).find(Boolean) ?? '';
  const line = (personNo: string, person: MarkedPerson, n: number) => ({
    known_no: personNo,
    person_no: personNo,
    case_no: `${person.mark}${n}`,
    ...VIEWS[view]?.(person, n),
  });
  if (view === '') return [{ alive: 1 }];
  const asked = new Set(values.flat());
  return PEOPLE.flatMap<object>((person, who) => {
    const personNo = IDS[who] ?? '';
    if (who === NOT_KNOWN) return [];
    if (view === 'v_register') return [{ ...registered(personNo, person), place: String(who) }];
    return asked.has(personNo) ? [line(personNo, person, 0), line(personNo, person, 1)] : [];
  });
}

const registered = (person_no: string, { mark, year, idNumber }: MarkedPerson) => ({
  person_no,
  name: `${mark}某`,
  id_no: idNumber,
  sex: '1',
  birth_date: `${year}-01-01`,
  division: '110101',
});

function hostileDriver(spoils: readonly Spoil[]): SqlDriver {
  let calls = 0;
  return {
    async select(statement) {
      const { text, values } = postgresSql(statement);
      const rows = spoilt(answer(text, values), SPOILS, { spoils, call: calls++ });
      return rowsOf(rows).map(withoutRaw);
    },
    failureOf: () => null,
    close: async () => undefined,
  };
}

/** What stands raw in JSON cannot stand so in a row: there it is the text itself. */
function withoutRaw(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || !Object.values(row).some((one) => typeof one === 'object')) return row;
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'object' && value !== null && Object.getOwnPropertySymbols(value).length > 0
        ? writeJson(value)
        : value,
    ]),
  );
}

export const justice: HostileDepartment = {
  slug: 'justice',
  reads: READS,
  ids: IDS,
  kinds: Object.keys(SPOILS),
  mostBytes: 0,
  async open(_question, spoils, { log }) {
    const settings = {
      JUSTICE_URL: 'postgresql://hub@justice.test/care',
      JUSTICE_PASSWORD: 'secret',
      JUSTICE_TIMEOUT_MS: 20_000,
      JUSTICE_POOL_SIZE: 5,
    };
    const source = sqlJusticeSource(settings, { driver: hostileDriver(spoils), log });
    return { source, reads: readsOf(source, READS) };
  },
};
