/** Justice in memory, for tests of what stands on the port. */
import { type ByLocalId, type FakeRegister, fakeSource } from '../shared/fake-source.fixture.ts';
import type { Sealable } from '../shared/source.ts';
import type { JusticeSource, LegalAid, Mediation, Reintegration } from './port.ts';

export interface FakeJusticeRows extends FakeRegister {
  readonly legalAid?: ByLocalId<LegalAid>;
  readonly mediation?: ByLocalId<Mediation>;
  readonly reintegration?: ByLocalId<Reintegration>;
}

export function fakeJusticeSource(rows: FakeJusticeRows = {}): JusticeSource {
  const { read, ...source } = fakeSource('justice', rows);
  const sealed = sealedOnly(rows);
  /** Who is known by sealed rows alone is known to the reads that have them. */
  const hiddenFrom = (table: ByLocalId<unknown> = {}) => new Set([...sealed].filter((id) => !table[id]?.length));
  return {
    ...source,
    legalAidOf: read(rows.legalAid, { hidden: hiddenFrom(rows.legalAid) }),
    mediationOf: read(rows.mediation, { hidden: hiddenFrom(rows.mediation) }),
    reintegrationOf: read(rows.reintegration, { hidden: hiddenFrom(rows.reintegration) }),
  };
}

/** Those known by sealed records alone: to the reads without one, nobody knows them. */
function sealedOnly({ legalAid = {}, mediation = {}, reintegration = {} }: FakeJusticeRows): ReadonlySet<string> {
  const all: [string, readonly Sealable[]][] = [...Object.entries(legalAid), ...Object.entries(reintegration)];
  const idsWith = (sealed: boolean) =>
    all.flatMap(([id, rows]) => (rows.some((row) => row.sealed === sealed) ? [id] : []));
  const open = new Set([...idsWith(false), ...Object.keys(mediation).filter((id) => mediation[id]?.length)]);
  return new Set(idsWith(true).filter((id) => !open.has(id)));
}
