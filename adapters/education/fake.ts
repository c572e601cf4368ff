/** Education in memory, for tests of what stands on the port. */
import { SourceError } from '../shared/source-error.ts';
import type { Read, RegisterEntry } from '../shared/source.ts';
import type { CounsellingService, EducationAssessment, EducationSource, Enrolment, ProtectionCase } from './port.ts';

type ByLocalId<Row> = Readonly<Record<string, readonly Row[]>>;

/** What the fake holds: rows by local id. Somebody is known when the register or any of the tables has the id. */
export interface FakeEducationRows {
  readonly asOf?: string;
  readonly register?: readonly RegisterEntry[];
  readonly enrolment?: ByLocalId<Enrolment>;
  readonly counselling?: ByLocalId<CounsellingService>;
  readonly assessment?: ByLocalId<EducationAssessment>;
  readonly protection?: ByLocalId<ProtectionCase>;
}

const PAGE_SIZE = 50;

export function fakeEducationSource({
  asOf = '2026-01-01T00:00:00+08:00',
  register = [],
  ...tables
}: FakeEducationRows = {}): EducationSource {
  const known = new Set([
    ...register.map((entry) => entry.localId),
    ...Object.values(tables).flatMap((table) => Object.keys(table)),
  ]);
  const read =
    <Row>(table: ByLocalId<Row> = {}): Read<Row> =>
    async (localIds, { signal } = {}) => {
      if (signal?.aborted) throw new SourceError('SOURCE_TIMEOUT', { source: 'education', cause: signal.reason });
      const rows = localIds.map((id) => (Object.hasOwn(table, id) ? (table[id] ?? []) : known.has(id) ? [] : null));
      return { asOf, cached: false, rows };
    };
  return {
    enrolmentOf: read(tables.enrolment),
    counsellingOf: read(tables.counselling),
    assessmentOf: read(tables.assessment),
    protectionOf: read(tables.protection),
    async register(cursor) {
      const start = cursor === null ? 0 : Number(cursor);
      const end = start + PAGE_SIZE;
      return { entries: register.slice(start, end), next: end < register.length ? String(end) : null };
    },
    async probe() {},
    async close() {},
  };
}
