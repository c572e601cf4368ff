import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseDivision } from './division.ts';
import { isValidIdNumber } from './id-number.ts';
import { isPartialDate } from './partial-date.ts';
import type { DepartmentSource, Read, RegisterEntry, Withholdable } from './source.ts';

/** What a field of a row may hold, beside `null`; a list is a closed set of words, which holds `null` only if it says so. */
type FieldShape = 'date' | 'text' | 'number' | 'flag' | 'list' | readonly (string | null)[];
type RowShape = Readonly<Record<string, FieldShape>>;

/** Every field of the rows of every category of a port, by the name of the category's read. */
export type RowShapes<Source extends DepartmentSource> = {
  readonly [Name in Exclude<keyof Source, keyof DepartmentSource>]: Source[Name] extends Read<infer Row>
    ? Readonly<Record<Exclude<keyof Row, keyof Withholdable>, FieldShape>>
    : never;
};

/** A department's source, ready to be asked. */
export interface SourceUnderTest<Source = DepartmentSource> {
  readonly source: Source;
  /** Local ids that the department knows; between them they have rows in every category, and most categories lack for one. */
  readonly knownIds: readonly string[];
  /** An id in the department's form that it does not know. */
  readonly unknownId: string;
  /** How many calls the system behind has answered; left out where there is none (a fake). */
  readonly calls?: () => number;
  /** Stops what was started beside the source. */
  readonly close?: () => Promise<void>;
}

type Reads<Name extends string> = DepartmentSource & Readonly<Record<Name, Read<unknown>>>;
type Under<Name extends string> = () => SourceUnderTest<Reads<Name>>;

/** A row may bear it or not: it is no data, and no field of the API. */
const MARK = 'withheld' satisfies keyof Withholdable;

interface SourceContract<Name extends string, Under> {
  readonly rows: Readonly<Record<Name, RowShape>>;
  /** The department's own claims about the same source. */
  readonly own?: (it: () => Under) => void;
}

/**
 * What every department's source must do, whatever it speaks, and then what the department's own must; run it against the
 * fake and the real adapter. `start` is called once.
 */
export function describeDepartmentSource<Name extends string, Under extends SourceUnderTest<Reads<Name>>>(
  name: string,
  { rows, own }: SourceContract<Name, Under>,
  start: () => Promise<Under>,
): void {
  describe(`${name} is a department's source`, () => {
    let started: Under;
    const it = () => started;
    beforeAll(async () => {
      started = await start();
    });
    afterAll(async () => {
      await started.source.close();
      await started.close?.();
    });
    describe.each(namesOf(rows))('%s', (read) => {
      describeRead(it, read);
      describeRows(it, read, rows[read]);
    });
    test('it answers a probe', async () => {
      await expect(started.source.probe()).resolves.toBeUndefined();
    });
    describeRegister(it);
    own?.(it);
  });
}

/** The names of the reads of a port. */
export function namesOf<Name extends string>(shapes: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(shapes) as Name[];
}

/** Separators, wild cards, markup, SQL, control characters and names of JavaScript: nobody is called so anywhere. */
const NOBODY = [
  ...'nobody % * " .. - {a,b} &_include=* </id><id> x</personNo><personNo>y &lol; ../metadata __proto__'.split(' '),
  '',
  `' OR '1'='1`,
  `x'; DROP VIEW v_register; --`,
  '\u0000',
  'a\ud800',
  'x'.repeat(5_000),
];

function describeRead<Name extends string>(it: Under<Name>, name: Name): void {
  const ask: Read<unknown> = async (...asked) => it().source[name](...asked);

  test('rows come in key order: null for who is not known, none for who has none, twice for who is asked twice', async () => {
    const { knownIds, unknownId } = it();
    const { rows } = await ask(knownIds);
    const having = knownIds.filter((_, i) => rows[i]?.length);
    const lacking = knownIds.filter((_, i) => rows[i]?.length === 0);
    expect([rows.length, having.length > 0]).toEqual([knownIds.length, true]);
    const mixed = [...lacking.slice(0, 1), unknownId, ...having.slice(0, 2), ...having.slice(0, 1)];
    const alone = await Promise.all(mixed.map(async (id) => (await ask([id])).rows[0]));
    expect(alone[mixed.indexOf(unknownId)]).toBeNull();
    expect((await ask(mixed)).rows).toEqual(alone);
  });

  test('nobody is an empty answer and asks nobody', async () => {
    const before = it().calls?.();
    expect((await ask([])).rows).toEqual([]);
    expect(it().calls?.()).toBe(before);
  });

  test('cases 48, 50, 52: hostile ids are nobody, and spoil no answer about others', async () => {
    const [known = ''] = it().knownIds;
    const hostile = [...NOBODY, `${known},*`, `${known} `, `|${known}`, `${known}$x`, `${known}\\`, `${known}\u0000`];
    const alone = await ask([known]);
    expect(alone.rows[0]).toBeInstanceOf(Array);
    expect((await ask([...hostile, known])).rows).toEqual([...hostile.map(() => null), alone.rows[0]]);
  });

  test('an answer says when its data were so', async () => {
    const { asOf, cached } = await ask(it().knownIds.slice(0, 1));
    expect(asOf).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/);
    expect(Number.isNaN(Date.parse(asOf))).toBe(false);
    expect(cached).toBe(false);
  });

  test('a caller who has gone gets no answer', async () => {
    const signal = AbortSignal.abort();
    await expect(ask(it().knownIds.slice(0, 1), { signal })).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
  });
}

function describeRows<Name extends string>(it: Under<Name>, name: Name, shape: RowShape): void {
  const rowsOf = async () => {
    const { rows } = await it().source[name](it().knownIds);
    return rows
      .flatMap((own) => own ?? [])
      .map((row) => Object.entries(row as object).filter(([field]) => field !== MARK));
  };

  test('rows have the fields of the port and no others: no talk, no score, no name of another person', async () => {
    const rows = await rowsOf();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.map(([field]) => field).toSorted()).toEqual(Object.keys(shape).toSorted());
  });

  test('every field holds what it may hold: dates are FHIR dates or absent, codes are words of their set', async () => {
    const misfits = (await rowsOf()).flat().filter(([field, value]) => !fits(shape[field], value));
    expect(misfits).toEqual([]);
  });

  test('a row has a date at least', async () => {
    const dates = (await rowsOf()).flat().filter(([field, value]) => shape[field] === 'date' && value !== null);
    expect(dates.length).toBeGreaterThan(0);
  });
}

function fits(shape: FieldShape | undefined, value: unknown): boolean {
  if (shape !== undefined && typeof shape !== 'string') return shape.some((word) => word === value);
  if (value === null) return true;
  switch (shape) {
    case 'date':
      return typeof value === 'string' && isPartialDate(value);
    case 'text':
      return typeof value === 'string' && value.trim() !== '';
    case 'number':
      return Number.isFinite(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case undefined:
      return false;
  }
}

function describeRegister(it: () => Pick<SourceUnderTest, 'source' | 'knownIds' | 'unknownId'>): void {
  test('the register is walked to its end and knows who is known', async () => {
    const { entries } = await walk(it().source, null);
    const ids = entries.map(({ localId }) => localId);
    expect(ids).toEqual(expect.arrayContaining([...it().knownIds]));
    expect(ids).not.toContain(it().unknownId);
  });

  test('the walk goes on from a cursor as if it had not stopped', async () => {
    const whole = await walk(it().source, null);
    for (const { cursor, before } of whole.stops) {
      const rest = await walk(it().source, cursor);
      expect(rest.entries).toEqual(whole.entries.slice(before));
    }
  });

  test('entries are normalised', async () => {
    for (const entry of (await walk(it().source, null)).entries) {
      expect(entry.idNumber === null || isValidIdNumber(entry.idNumber)).toBe(true);
      expect(entry.birthDate === null || isPartialDate(entry.birthDate)).toBe(true);
      expect(entry.division === null || parseDivision(entry.division) === entry.division).toBe(true);
      expect(['UNKNOWN', 'MALE', 'FEMALE', 'UNSTATED']).toContain(entry.sex);
      expect(entry.localId).toMatch(/^\S+$/);
    }
  });
}

const MOST_PAGES = 10_000;

async function walk(source: DepartmentSource, from: string | null) {
  const entries: RegisterEntry[] = [];
  const stops: { cursor: string; before: number }[] = [];
  let cursor = from;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { entries: more, next } = await source.register(cursor);
    entries.push(...more);
    if (next === null) return { entries, stops };
    // The first stops are enough to show it, and keep the walks few.
    if (stops.length < 2) stops.push({ cursor: next, before: entries.length });
    cursor = next;
  }
  throw new Error('the register does not end');
}

/** All lines of a source's register. */
export async function wholeRegister(source: DepartmentSource): Promise<readonly RegisterEntry[]> {
  return (await walk(source, null)).entries;
}
