import { expect, test } from '@jest/globals';
import { type Department, departmentsOf } from '../../schema/departments.ts';
import { category, type CategoryRead } from './category-loaders.ts';
import { newestEvents } from './facet-events.ts';

const words = { zh: '词', en: 'Word' };
const [department] = departmentsOf([
  {
    name: 'city-parks',
    module: './x.ts',
    department: { ...words, categories: { walks: words, 'bird-watching': words } },
  },
]) as [Department];
const never = () => Promise.reject(new Error('nothing is read here'));
const event = ({ on, what }: { on: string | null; what: string }) => ({
  date: on,
  code: what.toUpperCase(),
  title: what,
});
const table = { walks: category(() => never, event), 'bird-watching': category(() => never, event) };
const read = (...rows: { on: string | null; what: string }[]): CategoryRead => ({
  rows,
  asOf: '2026-01-01T00:00:00Z',
  cached: false,
});

test('events of all categories, newest first, a partial date where it begins', () => {
  const { events, truncatedBefore } = newestEvents(
    department,
    table,
    new Map([
      ['walks', read({ on: '2026-03-01', what: 'walk' }, { on: '2026', what: 'some walk' })],
      ['bird-watching', read({ on: '2026-03', what: 'owl' })],
    ]),
  );
  expect(events.map(({ date, category: name, code }) => `${date} ${name} ${code}`)).toEqual([
    '2026-03-01 city-parks:walks WALK',
    '2026-03 city-parks:bird-watching OWL',
    '2026 city-parks:walks SOME WALK',
  ]);
  expect(events[0]).toMatchObject({ department: 'CITY_PARKS', organisation: null });
  expect(truncatedBefore).toBeNull();
});

test('what has no date, was not read or failed makes no event', () => {
  const { events } = newestEvents(
    department,
    table,
    new Map<string, CategoryRead>([
      ['walks', read({ on: null, what: 'walk' })],
      ['bird-watching', { failure: new Error('down') }],
    ]),
  );
  expect(events).toEqual([]);
});

test.each([
  [200, 200, null],
  [201, 200, '2000-01-02'],
])('%i events: the newest %i, and before what others were left out: %s', (count, shown, before) => {
  const day = (i: number) => new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10);
  const rows = Array.from({ length: count }, (_, i) => ({ on: day(i), what: 'walk' }));
  const { events, truncatedBefore } = newestEvents(department, table, new Map([['walks', read(...rows)]]));
  expect([events.length, truncatedBefore]).toEqual([shown, before]);
});
