import { expect, test } from '@jest/globals';
import { SourceError } from '../../adapters/shared/source-error.ts';
import type { Read } from '../../adapters/shared/source.ts';
import { category, categoryLoaders } from './category-loaders.ts';
import type { AccessBasis, Grant } from './grant.ts';

interface Row {
  readonly text: string;
  readonly sealed?: boolean;
}
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  a: [{ text: 'a1' }, { text: 'a2' }],
  b: [{ text: 'b1' }],
  empty: [],
  secret: [{ text: 's1', sealed: true }],
  mixed: [
    { text: 'm1', sealed: true },
    { text: 'm2', sealed: false },
  ],
};

/** A department with one category, `notes`, and what it was asked. */
function department({ failing = false, cached = false } = {}) {
  const asked: (readonly string[])[] = [];
  const notesOf: Read<Row> = async (localIds) => {
    asked.push(localIds);
    if (failing) throw new SourceError('SOURCE_TIMEOUT', { source: 'notes' });
    return { asOf: '2026-01-01T00:00:00Z', cached, rows: localIds.map((id) => ROWS[id] ?? null) };
  };
  const table = {
    notes: category(
      (source: { notesOf: Read<Row> }) => source.notesOf,
      () => null,
    ),
  };
  const loaders = categoryLoaders({ notesOf }, table, new AbortController().signal);
  const read = async (localIds: readonly string[], basis: AccessBasis = 'CONSENT') => {
    const grant: Grant = {
      personId: 'p',
      parts: [{ basis, categories: ['notes'], localIds }],
      purpose: 'CARE',
      actor: 'c',
      requestId: 'r',
    };
    return (await loaders.readAll(grant, ['notes'])).get('notes');
  };
  return { asked, read };
}
const texts = (read: unknown) => (read as { rows: readonly Row[] | null }).rows?.map(({ text }) => text) ?? null;

test('all persons of a request share one call; each gets the rows of all local ids of theirs', async () => {
  const { asked, read } = department();
  const answers = await Promise.all([read(['a', 'b']), read(['b']), read(['nobody'])]);
  expect(answers.map(texts)).toEqual([['a1', 'a2', 'b1'], ['b1'], null]);
  expect(asked).toEqual([['a', 'b', 'nobody']]);
});

test('one of two local ids that is not known there takes nothing from the other', async () => {
  expect(texts(await department().read(['nobody', 'a']))).toEqual(['a1', 'a2']);
});

test('nobody is asked for a person without local ids', async () => {
  const { asked, read } = department();
  expect(texts(await read([]))).toBeNull();
  expect(asked).toEqual([]);
});

test.each([
  ['sealed alone', 'secret', null, ['s1']],
  ['sealed and open', 'mixed', ['m2'], ['m1', 'm2']],
  ['nothing', 'empty', null, []],
])('%s: what others see, and what its own department sees', async (_, localId, others, own) => {
  expect(texts(await department().read([localId], 'CONSENT'))).toEqual(others);
  expect(texts(await department().read([localId], 'CARE_TEAM'))).toEqual(others);
  expect(texts(await department().read([localId], 'OWN_RECORD'))).toEqual(own);
});

test('to others, known by what is sealed and not known are the same to the letter', async () => {
  const { asOf: _a, ...sealed } = (await department().read(['secret'])) as { asOf: string };
  const { asOf: _b, ...unknown } = (await department().read(['nobody'])) as { asOf: string };
  expect(sealed).toEqual(unknown);
});

test('rows of a cache say so', async () => {
  expect(await department({ cached: true }).read(['a'])).toMatchObject({ cached: true, asOf: '2026-01-01T00:00:00Z' });
});

test('a failure is a value, for each who asked', async () => {
  const { read } = department({ failing: true });
  const answers = await Promise.all([read(['a']), read(['b'])]);
  expect(answers).toEqual([{ failure: expect.any(SourceError) }, { failure: expect.any(SourceError) }]);
});
