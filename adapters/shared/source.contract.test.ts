import { alignRows } from './align-rows.ts';
import { describeDepartmentSource } from './source.contract.ts';
import { SourceError } from './source-error.ts';
import type { Read, RegisterEntry } from './source.ts';

const PAGE = 2;
const register: readonly RegisterEntry[] = ['A1', 'A2', 'A3', 'A4', 'A5'].map((localId) => ({
  localId,
  idNumber: localId === 'A1' ? '11010519491231002X' : null,
  name: '王小明',
  sex: 'FEMALE',
  birthDate: '1949-12-31',
  division: '110105001001',
}));
const visits = [{ patient: 'A1', date: '2026-01-05' }];

const visitsOf: Read<{ date: string }> = async (localIds, { signal } = {}) => {
  if (signal?.aborted) throw new SourceError('SOURCE_TIMEOUT', { source: 'sample', cause: signal.reason });
  const { rows } = alignRows(localIds, visits, {
    keyOf: ({ patient }) => patient,
    known: register.map(({ localId }) => localId),
  });
  return { asOf: '2026-11-01T08:00:00+08:00', cached: false, rows };
};

describeDepartmentSource(
  'the smallest source',
  { rows: { visitsOf: { patient: 'text', date: 'date' } } },
  async () => ({
    source: {
      register: async (cursor) => {
        const from = Number(cursor ?? 0);
        const next = from + PAGE < register.length ? String(from + PAGE) : null;
        return { entries: register.slice(from, from + PAGE), next };
      },
      probe: async () => undefined,
      close: async () => undefined,
      visitsOf,
    },
    knownIds: ['A1', 'A2'],
    unknownId: 'Z9',
  }),
);
