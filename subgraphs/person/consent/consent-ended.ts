import type { StoreEvent } from '../../../adapters/store/port.ts';
import type { Person } from '../person.ts';

/** Events of this type wait in the outbox for the referrals that stand on the consent. */
export const CONSENT_ENDED = 'CONSENT_ENDED';

/** What others are to learn of a change of a person: which consents it withdrew. By id alone. */
export function consentsEnded(before: Person, after: Person): readonly StoreEvent[] {
  const standing = new Set(before.consents.filter((one) => one.withdrawnAt === null).map(({ id }) => id));
  return after.consents
    .filter(({ id, withdrawnAt }) => withdrawnAt !== null && standing.has(id))
    .map(({ id }) => ({ id: `consent-ended:${id}`, type: CONSENT_ENDED, data: { consentId: id } }));
}
