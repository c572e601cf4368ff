/** People like the ward of the tests, each with a consent to be referred and a key in the vault. Test support. */
import type { Store } from '../../../adapters/store/port.ts';
import { testVault } from '../../../adapters/vault/vault.fixture.ts';
import { consent, DISTRICT, link, person } from '../../person/person-fixtures.ts';
import { persons } from '../../person/person.ts';

export const personIdOf = (n: number): string => `person-${n}`;

/** Up to the one of this number, beginning with `from`. */
export async function savePeople(store: Store, count: number, from = 0): Promise<void> {
  const vault = testVault(store);
  for (let n = from; n < count; n += 1) {
    const id = personIdOf(n);
    const data = person({
      links: [link({ localId: `H-${id}` }), link({ department: 'EDUCATION', localId: `E-${id}` })],
      consents: [
        consent({
          id: `consent-of-${id}`,
          recipients: [{ department: 'HEALTH', organisation: null, team: null, division: DISTRICT }],
          categories: ['education:assessment', 'education:enrolment'],
          purposes: ['REFERRAL'],
        }),
      ],
    });
    await store.save(persons, { id, data, expectedVersion: 0 });
    await vault.seal('', { collection: 'person', id, field: 'none', personId: id });
  }
}
