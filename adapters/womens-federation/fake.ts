/** The women's federation in memory, for tests of what stands on the port. */
import type { Read, RegisterEntry } from '../shared/source.ts';
import type { FamilySupport, HotlineContact, RightsCase, WomensFederationSource } from './port.ts';

type Table<Row> = Readonly<Record<string, readonly Row[]>>;

/** What the fake holds: rows by local id. Somebody is known when the register or any of the tables has the id. */
export interface FakeWomensFederationRows {
  readonly asOf?: string;
  readonly register?: readonly RegisterEntry[];
  readonly familySupport?: Table<FamilySupport>;
  readonly rightsCases?: Table<RightsCase>;
  readonly hotlineContacts?: Table<HotlineContact>;
}

const PAGE_SIZE = 50;

export function fakeWomensFederationSource(rows: FakeWomensFederationRows = {}): WomensFederationSource {
  const { asOf = '2026-01-01T00:00:00+08:00', register = [] } = rows;
  const { familySupport = {}, rightsCases = {}, hotlineContacts = {} } = rows;
  const known = new Set([
    ...register.map((entry) => entry.localId),
    ...[familySupport, rightsCases, hotlineContacts].flatMap((table) => Object.keys(table)),
  ]);
  const read =
    <Row>(table: Table<Row>, dateOf: (row: Row) => string): Read<Row> =>
    async (localIds, { since = '' } = {}) => ({
      asOf,
      cached: false,
      rows: localIds.map((id) => {
        if (!Object.hasOwn(table, id)) return known.has(id) ? [] : null;
        return (table[id] ?? []).filter((row) => dateOf(row) >= since);
      }),
    });
  return {
    familySupportOf: read(familySupport, (row) => row.from),
    rightsCasesOf: read(rightsCases, (row) => row.acceptedOn),
    hotlineContactsOf: read(hotlineContacts, (row) => row.date),
    async register(cursor) {
      const start = cursor === null ? 0 : Number(cursor);
      const end = start + PAGE_SIZE;
      return { entries: register.slice(start, end), next: end < register.length ? String(end) : null };
    },
    async probe() {},
    async close() {},
  };
}
