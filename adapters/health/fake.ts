/** Health in memory, for tests of what stands on the port. */
import { SourceError } from '../shared/source-error.ts';
import type { Read, RegisterEntry } from '../shared/source.ts';
import type {
  Diagnosis,
  HealthAssessment,
  HealthFollowUp,
  HealthMedication,
  HealthSource,
  Rehabilitation,
  Visit,
} from './port.ts';

type ByLocalId<Row> = Readonly<Record<string, readonly Row[]>>;

/** What the fake holds: rows by local id. Somebody is known when the register or any of the tables has the id. */
export interface FakeHealthRows {
  readonly asOf?: string;
  readonly register?: readonly RegisterEntry[];
  readonly visits?: ByLocalId<Visit>;
  readonly diagnoses?: ByLocalId<Diagnosis>;
  readonly assessment?: ByLocalId<HealthAssessment>;
  readonly followUp?: ByLocalId<HealthFollowUp>;
  readonly medication?: ByLocalId<HealthMedication>;
  readonly rehabilitation?: ByLocalId<Rehabilitation>;
}

const PAGE_SIZE = 50;

export function fakeHealthSource({
  asOf = '2026-01-01T00:00:00+08:00',
  register = [],
  ...tables
}: FakeHealthRows = {}): HealthSource {
  const known = new Set([
    ...register.map((entry) => entry.localId),
    ...Object.values(tables).flatMap((table) => Object.keys(table)),
  ]);
  const read =
    <Row>(table: ByLocalId<Row> = {}): Read<Row> =>
    async (localIds, { signal } = {}) => {
      if (signal?.aborted) throw new SourceError('SOURCE_TIMEOUT', { source: 'health', cause: signal.reason });
      const rows = localIds.map((id) => (Object.hasOwn(table, id) ? (table[id] ?? []) : known.has(id) ? [] : null));
      return { asOf, cached: false, rows };
    };
  return {
    visitsOf: read(tables.visits),
    diagnosesOf: read(tables.diagnoses),
    assessmentOf: read(tables.assessment),
    followUpOf: read(tables.followUp),
    medicationOf: read(tables.medication),
    rehabilitationOf: read(tables.rehabilitation),
    async register(cursor) {
      const start = cursor === null ? 0 : Number(cursor);
      const end = start + PAGE_SIZE;
      return { entries: register.slice(start, end), next: end < register.length ? String(end) : null };
    },
    async probe() {},
    async close() {},
  };
}
