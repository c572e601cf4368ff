/** Justice in memory, for tests of what stands on the port. */
import { type ByLocalId, type FakeRegister, fakeSource } from '../shared/fake-source.fixture.ts';
import type { JusticeSource, LegalAid, Mediation, Reintegration } from './port.ts';

export interface FakeJusticeRows extends FakeRegister {
  readonly legalAid?: ByLocalId<LegalAid>;
  readonly mediation?: ByLocalId<Mediation>;
  readonly reintegration?: ByLocalId<Reintegration>;
}

export function fakeJusticeSource(rows: FakeJusticeRows = {}): JusticeSource {
  const { read, ...source } = fakeSource('justice', rows);
  const hidden = sealedOnly(rows);
  return {
    ...source,
    legalAidOf: read(rows.legalAid, { hidden }),
    mediationOf: read(rows.mediation, { hidden }),
    reintegrationOf: read(rows.reintegration),
  };
}

/** Those known by sealed records alone: in the other categories nobody knows them. */
function sealedOnly({ legalAid = {}, mediation = {}, reintegration = {} }: FakeJusticeRows): ReadonlySet<string> {
  const open = new Set(
    [legalAid, mediation].flatMap((table) => Object.entries(table).flatMap(([id, { length }]) => (length ? [id] : []))),
  );
  const sealed = Object.entries(reintegration).filter(
    ([id, files]) => files.length > 0 && files.every((file) => file.sealed) && !open.has(id),
  );
  return new Set(sealed.map(([id]) => id));
}
