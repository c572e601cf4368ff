import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseDivision } from './division.ts';
import { isValidIdNumber } from './id-number.ts';
import { isPartialDate } from './partial-date.ts';
import { SourceError } from './source-error.ts';
import type { DepartmentSource, Read, RegisterEntry } from './source.ts';

/** A department's source, ready to be asked. */
export interface SourceUnderTest {
  readonly source: DepartmentSource;
  /** Every category's read by its name: `{ visits: source.visitsOf }`. */
  readonly reads: Readonly<Record<string, Read<unknown>>>;
  /** Two ids that the department knows; in at least one category the first has rows. */
  readonly knownIds: readonly [string, string];
  readonly unknownId: string;
  /** How many calls the system behind has answered; left out where there is none (a fake). */
  readonly calls?: () => number;
  /** Stops what was started beside the source. */
  readonly close?: () => Promise<void>;
}

/**
 * What every department's source must do, whatever it speaks; run it against the fake and the real adapter beside the
 * department's own claims. `start` is called once.
 */
export function describeDepartmentSource(name: string, start: () => Promise<SourceUnderTest>): void {
  describe(`${name} is a department's source`, () => {
    let it: SourceUnderTest;
    beforeAll(async () => {
      it = await start();
    });
    afterAll(async () => {
      await it.source.close();
      await it.close?.();
    });
    describeReads(() => it);
    describeRegister(() => it);
  });
}

function describeReads(it: () => SourceUnderTest): void {
  const everyRead = async (claim: (read: Read<unknown>, category: string) => Promise<void>) => {
    for (const [category, read] of Object.entries(it().reads)) await claim(read, category);
  };

  test('rows come in key order, null for an id that is not known', async () => {
    const [first, second] = it().knownIds;
    await everyRead(async (read) => {
      const alone = [await read([first]), await read([second])].map(({ rows }) => rows[0]);
      const together = await read([second, it().unknownId, first]);
      expect(together.rows).toEqual([alone[1], null, alone[0]]);
    });
  });

  test('somebody who is known has a list, and rows in at least one category', async () => {
    let rows = 0;
    await everyRead(async (read) => {
      const answer = await read([it().knownIds[0]]);
      expect(answer.rows[0]).toBeInstanceOf(Array);
      rows += answer.rows[0]?.length ?? 0;
    });
    expect(rows).toBeGreaterThan(0);
  });

  test('an id that is asked twice gets its rows twice', async () => {
    const [id] = it().knownIds;
    await everyRead(async (read) => {
      const { rows } = await read([id, id]);
      expect(rows).toHaveLength(2);
      expect(rows[1]).toEqual(rows[0]);
    });
  });

  test('an empty batch asks nobody', async () => {
    const before = it().calls?.();
    await everyRead(async (read) => {
      expect((await read([])).rows).toEqual([]);
    });
    expect(it().calls?.()).toBe(before);
  });

  test('an id made of separators and wild cards finds nobody', async () => {
    const [known] = it().knownIds;
    for (const hostile of [`${known},*`, `' OR '1'='1`, '%', '*', '&_include=*', '</id><id>', `${known} `, '"', '..']) {
      await everyRead(async (read) => {
        const rows = await read([hostile]).then((answer) => answer.rows, refusal);
        expect(rows).toEqual([null]);
      });
    }
  });

  test('an answer says when its data were so', async () => {
    await everyRead(async (read) => {
      const { asOf, cached } = await read([it().knownIds[0]]);
      expect(asOf).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/);
      expect(Number.isNaN(Date.parse(asOf))).toBe(false);
      expect(typeof cached).toBe('boolean');
    });
  });

  test('a caller who has gone gets no answer', async () => {
    await everyRead(async (read) => {
      const signal = AbortSignal.abort();
      await expect(read([it().knownIds[0]], { signal })).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    });
  });

  test('it answers a probe', async () => {
    await expect(it().source.probe()).resolves.toBeUndefined();
  });
}

function describeRegister(it: () => SourceUnderTest): void {
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
      expect(entry.localId).not.toBe('');
    }
  });
}

/** An id that cannot even be asked for may be refused; any other failure is a failure. */
function refusal(error: unknown): readonly null[] {
  if (error instanceof SourceError && error.code === 'SOURCE_INVALID') return [null];
  throw error;
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
