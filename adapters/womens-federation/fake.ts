/** The women's federation in memory, for tests of what stands on the port. */
import { type ByLocalId, type FakeRegister, fakeSource } from '../shared/fake-source.fixture.ts';
import type { FamilySupport, HotlineContact, RightsCase, WomensFederationSource } from './port.ts';

export interface FakeWomensFederationRows extends FakeRegister {
  readonly familySupport?: ByLocalId<FamilySupport>;
  readonly rightsCases?: ByLocalId<RightsCase>;
  readonly hotlineContacts?: ByLocalId<HotlineContact>;
}

export function fakeWomensFederationSource(rows: FakeWomensFederationRows = {}): WomensFederationSource {
  const { read, ...source } = fakeSource('womens-federation', rows);
  return {
    ...source,
    familySupportOf: read(rows.familySupport, { dateOf: ({ from }) => from }),
    rightsCasesOf: read(rows.rightsCases, { dateOf: ({ acceptedOn }) => acceptedOn }),
    hotlineContactsOf: read(rows.hotlineContacts, { dateOf: ({ date }) => date }),
  };
}
