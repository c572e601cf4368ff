/** Civil affairs in memory, for tests of what stands on the port. */
import { SourceError } from '../shared/source-error.ts';
import type { Read, RegisterEntry } from '../shared/source.ts';
import type { Assistance, ChildWelfare, CivilAffairsSource, ElderlyCare, FamilyGuidance } from './port.ts';

/** What the fake holds: rows by local id. Somebody is known when the register or any of the maps has the id. */
export interface FakeCivilAffairsRows {
  readonly asOf?: string;
  readonly register?: readonly RegisterEntry[];
  readonly assistance?: Readonly<Record<string, readonly Assistance[]>>;
  readonly childWelfare?: Readonly<Record<string, readonly ChildWelfare[]>>;
  readonly elderlyCare?: Readonly<Record<string, readonly ElderlyCare[]>>;
  readonly familyGuidance?: Readonly<Record<string, readonly FamilyGuidance[]>>;
}

const PAGE_SIZE = 50;

export function fakeCivilAffairsSource(rows: FakeCivilAffairsRows = {}): CivilAffairsSource {
  const { asOf = '2026-01-01T00:00:00+08:00', register = [] } = rows;
  const known = knownIds(rows);
  const read =
    <Row>(table: Readonly<Record<string, readonly Row[]>> = {}): Read<Row> =>
    async (localIds, { signal } = {}) => {
      if (signal?.aborted) throw new SourceError('SOURCE_TIMEOUT', { source: 'civil-affairs' });
      const rows = localIds.map((id) => (Object.hasOwn(table, id) ? (table[id] ?? []) : known.has(id) ? [] : null));
      return { asOf, cached: false, rows };
    };
  return {
    assistanceOf: read(rows.assistance),
    childWelfareOf: read(rows.childWelfare),
    elderlyCareOf: read(rows.elderlyCare),
    familyGuidanceOf: read(rows.familyGuidance),
    async register(cursor) {
      const start = cursor === null ? 0 : Number(cursor);
      const end = start + PAGE_SIZE;
      return { entries: register.slice(start, end), next: end < register.length ? String(end) : null };
    },
    async probe() {},
    async close() {},
  };
}

function knownIds({ register = [], ...tables }: FakeCivilAffairsRows): ReadonlySet<string> {
  const { assistance = {}, childWelfare = {}, elderlyCare = {}, familyGuidance = {} } = tables;
  return new Set([
    ...register.map((entry) => entry.localId),
    ...[assistance, childWelfare, elderlyCare, familyGuidance].flatMap((table) => Object.keys(table)),
  ]);
}
