/** What every department's fake is made of: a source in memory, for tests of what stands on a port. */
import { SourceError } from './source-error.ts';
import type { DepartmentSource, Read, RegisterEntry } from './source.ts';

export type ByLocalId<Row> = Readonly<Record<string, readonly Row[]>>;

/** What every fake holds beside its rows. Somebody is known when the register or any table of rows has the id. */
export interface FakeRegister {
  readonly asOf?: string;
  readonly register?: readonly RegisterEntry[];
}

interface FakeReadOptions<Row> {
  /** For a source that leaves out what is older than `since`. */
  readonly dateOf?: (row: Row) => string;
  /** Who is as if not known to this read. */
  readonly hidden?: ReadonlySet<string>;
}

interface FakeSource extends DepartmentSource {
  /** Makes one category's read; make them all before the first is asked. */
  read<Row>(table?: ByLocalId<Row>, options?: FakeReadOptions<Row>): Read<Row>;
}

const PAGE_SIZE = 50;

export function fakeSource(
  source: string,
  { asOf = '2026-01-01T00:00:00+08:00', register = [] }: FakeRegister,
): FakeSource {
  const known = new Set(register.map(({ localId }) => localId));
  return {
    read<Row>(table: ByLocalId<Row> = {}, { dateOf, hidden }: FakeReadOptions<Row> = {}): Read<Row> {
      const byId = new Map(Object.entries(table));
      for (const id of byId.keys()) known.add(id);
      return async (localIds, { since = '', signal } = {}) => {
        if (signal?.aborted) throw new SourceError('SOURCE_TIMEOUT', { source, cause: signal.reason });
        const rows = localIds.map((id) => {
          if (hidden?.has(id) || !known.has(id)) return null;
          return (byId.get(id) ?? []).filter((row) => dateOf === undefined || dateOf(row) >= since);
        });
        return { asOf, cached: false, rows };
      };
    },
    async register(cursor) {
      const start = cursor === null ? 0 : Number(cursor);
      const end = start + PAGE_SIZE;
      return { entries: register.slice(start, end), next: end < register.length ? String(end) : null };
    },
    async probe() {},
    async close() {},
  };
}

/** Lines of a register about people of whom nothing but their local ids is known. */
export function registerOf(localIds: readonly string[]): readonly RegisterEntry[] {
  const nothingKnown = { idNumber: null, name: '某人', sex: 'UNKNOWN', birthDate: null, division: null } as const;
  return localIds.map((localId) => ({ localId, ...nothingKnown }));
}
