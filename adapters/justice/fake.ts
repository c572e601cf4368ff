/** Justice in memory, for tests of what stands on the port. */
import { SourceError } from '../shared/source-error.ts';
import type { Read, RegisterEntry } from '../shared/source.ts';
import type { JusticeSource, LegalAid, Mediation, Reintegration } from './port.ts';

/** What the fake holds: rows by local id. Somebody is known when the register or any of the maps has the id. */
export interface FakeJusticeRows {
  readonly asOf?: string;
  readonly register?: readonly RegisterEntry[];
  readonly legalAid?: Readonly<Record<string, readonly LegalAid[]>>;
  readonly mediation?: Readonly<Record<string, readonly Mediation[]>>;
  readonly reintegration?: Readonly<Record<string, readonly Reintegration[]>>;
}

const PAGE_SIZE = 50;

export function fakeJusticeSource(rows: FakeJusticeRows = {}): JusticeSource {
  const { asOf = '2026-01-01T00:00:00+08:00', register = [], legalAid = {}, mediation = {}, reintegration = {} } = rows;
  const filled = new Set(
    [legalAid, mediation].flatMap((table) => Object.entries(table).flatMap(([id, { length }]) => (length ? [id] : []))),
  );
  const sealedOnly = new Set(
    Object.entries(reintegration).flatMap(([id, list]) =>
      list.length > 0 && list.every(({ sealed }) => sealed) && !filled.has(id) ? [id] : [],
    ),
  );
  const known = new Set([
    ...register.map(({ localId }) => localId),
    ...[legalAid, mediation, reintegration].flatMap((table) => Object.keys(table)),
  ]);
  function reader<Row>(table: Readonly<Record<string, readonly Row[]>>, hidden: ReadonlySet<string>): Read<Row> {
    const rowsOf = (id: string) => {
      if (hidden.has(id) || !known.has(id)) return null;
      return Object.hasOwn(table, id) ? (table[id] ?? []) : [];
    };
    return async (localIds, { signal } = {}) => {
      if (signal?.aborted) throw new SourceError('SOURCE_TIMEOUT', { source: 'justice', cause: signal.reason });
      return { asOf, cached: false, rows: localIds.map(rowsOf) };
    };
  }
  return {
    legalAidOf: reader(legalAid, sealedOnly),
    mediationOf: reader(mediation, sealedOnly),
    reintegrationOf: reader(reintegration, new Set()),
    async register(cursor) {
      const start = cursor === null ? 0 : Number(cursor);
      const end = start + PAGE_SIZE;
      return { entries: register.slice(start, end), next: end < register.length ? String(end) : null };
    },
    async probe() {},
    async close() {},
  };
}
