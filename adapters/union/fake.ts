/** The trade union in memory, for tests of what stands on the port. */
import { SourceError } from '../shared/source-error.ts';
import type { Read, RegisterEntry } from '../shared/source.ts';
import type { EmployeeAssistance, HardshipAid, UnionSource, WorkplaceMediation } from './port.ts';

type ByLocalId<Row> = Readonly<Record<string, readonly Row[]>>;

/** What the fake holds: rows by local id. Somebody is known when the register or any of the tables has the id. */
export interface FakeUnionRows {
  readonly asOf?: string;
  readonly register?: readonly RegisterEntry[];
  readonly employeeAssistance?: ByLocalId<EmployeeAssistance>;
  readonly hardshipAid?: ByLocalId<HardshipAid>;
  readonly workplaceMediation?: ByLocalId<WorkplaceMediation>;
}

const PAGE_SIZE = 50;

export function fakeUnionSource({
  asOf = '2026-01-01T00:00:00+08:00',
  register = [],
  ...tables
}: FakeUnionRows = {}): UnionSource {
  const known = new Set([
    ...register.map((entry) => entry.localId),
    ...Object.values(tables).flatMap((table) => Object.keys(table)),
  ]);
  const read =
    <Row>(table: ByLocalId<Row> = {}): Read<Row> =>
    async (localIds, { signal } = {}) => {
      if (signal?.aborted) throw new SourceError('SOURCE_TIMEOUT', { source: 'union', cause: signal.reason });
      const rows = localIds.map((id) => (Object.hasOwn(table, id) ? (table[id] ?? []) : known.has(id) ? [] : null));
      return { asOf, cached: false, rows };
    };
  return {
    employeeAssistanceOf: read(tables.employeeAssistance),
    hardshipAidOf: read(tables.hardshipAid),
    workplaceMediationOf: read(tables.workplaceMediation),
    async register(cursor) {
      const start = cursor === null ? 0 : Number(cursor);
      const end = start + PAGE_SIZE;
      return { entries: register.slice(start, end), next: end < register.length ? String(end) : null };
    },
    async probe() {},
    async close() {},
  };
}
