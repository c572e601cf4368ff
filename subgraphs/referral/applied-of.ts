import type { Vault } from '../../adapters/vault/port.ts';
import type { Referral } from './referral.ts';
import type { ReferralContext } from './referral-context.ts';

export type Applied = Omit<Referral['applied'][number], 'version'>;

/** Keys belong to the user, who else may share the client. What was asked stands there as a code that none can guess at. */
export function appliedOf(
  { request, vault }: Pick<ReferralContext, 'request'> & { readonly vault: Pick<Vault, 'blindIndex'> },
  { idempotencyKey, ...content }: { readonly idempotencyKey: string },
): Applied {
  const { client, subject } = request.caller;
  const digest = vault.blindIndex('idempotency', JSON.stringify(content));
  return { client, key: JSON.stringify([subject, idempotencyKey.trim()]), digest };
}
