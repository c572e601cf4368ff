/** What can be wrong with a page of rows that each name their person. */
import { HOSTILE_TEXTS, OTHER_KINDS, raw, writeJson } from './hostile-values.ts';
import { PEOPLE } from './people.ts';
import { retold } from './retold.ts';
import { pick, type Spoil, type Spoils } from './spoil.ts';

/** Where things stand on such a page. */
export interface ListForm {
  /** From the whole to the page; left out where the whole is it. */
  readonly within?: string;
  readonly rowsIn: string;
  readonly knownIn: string;
  readonly nextIn: string;
  readonly ownerIn: string;
  readonly ids: readonly string[];
  /** Where a page may say that the list goes on. */
  readonly nexts: readonly unknown[];
}

const TIMES = [
  'yesterday',
  '9999-12-31T23:59:59Z',
  '0000-01-01T00:00:00Z',
  '2026-11-20T06:00:00+99:99',
  '2026-11-20',
  '2026-11-20T24:00:00Z',
  '+275760-09-13T00:00:00Z',
  '2026-11-20T06:00:00.123456789123456789+08:00',
];

export function listSpoils(form: ListForm): Spoils<unknown> {
  const { rowsIn, knownIn, nextIn, ownerIn, ids, within } = form;
  const onPage = (change: (page: Record<string, unknown>, spoil: Spoil, call: number) => void) => {
    return (tree: unknown, spoil: Spoil, call: number): unknown => {
      const page = within === undefined ? tree : objectIn(tree)?.[within];
      const own = objectIn(page);
      if (own !== null) change(own, spoil, call);
      return tree;
    };
  };
  const onRow = (change: (row: Record<string, unknown>, spoil: Spoil, rows: unknown[]) => void) =>
    onPage((page, spoil) => {
      const rows = listIn(page[rowsIn]);
      const row = objectIn(pick(rows, spoil.where));
      if (row !== null) change(row, spoil, rows);
    });
  return {
    'a row of somebody else': onRow((row, { how }, rows) => {
      rows.splice(how % (rows.length + 1), 0, raw(retold(writeJson(row), { to: how % PEOPLE.length, ids })));
    }),
    'a row of somebody else in place of another': onRow((row, { where, how }, rows) => {
      rows[where % rows.length] = raw(retold(writeJson(row), { to: how % PEOPLE.length, ids }));
    }),
    'a row of nobody': onRow((row, { how }) => {
      const owner = String(row[ownerIn]);
      const variants = [
        ...OTHER_KINDS.map((make) => make()),
        ...HOSTILE_TEXTS,
        `${owner},x`,
        `*`,
        `${owner}\u0000`,
        [owner],
      ];
      row[ownerIn] = pick(variants, how);
    }),
    'somebody else is known': onPage((page, { where, how }) => {
      listIn(page[knownIn]).splice(where % 3, 0, pick([...ids, ...HOSTILE_TEXTS, null, 7, {}], how));
    }),
    'somebody known is left out': onPage((page, { where }) => {
      const known = listIn(page[knownIn]);
      known.splice(where % Math.max(1, known.length), 1);
    }),
    'another way on': onPage((page, { how }) => {
      page[nextIn] = pick([...form.nexts, ...HOSTILE_TEXTS], how);
    }),
    'pages without end': onPage((page, { how }, call) => {
      page[nextIn] = how % 2 === 0 ? `c${call}` : `c${call % 3}`;
    }),
    'another time': onPage((page, { how }) => {
      page.dataTime = pick([...TIMES, ...HOSTILE_TEXTS], how);
    }),
  };
}

export const objectIn = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
export const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
