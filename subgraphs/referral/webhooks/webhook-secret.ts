import type { Vault } from '../../../adapters/vault/port.ts';
import type { Webhook } from './webhook.ts';

type Signing = Pick<Webhook, 'generation' | 'previous'>;

/** A secret of an endpoint as Standard Webhooks writes it. It is made anew each time and stands nowhere. */
export function webhookSecret(vault: Vault, webhookId: string, generation: number): string {
  const code = vault.blindIndex('webhook', `${webhookId}:${generation}`);
  return `whsec_${Buffer.from(code, 'base64url').toString('base64')}`;
}

/** Those that sign now, the newest first: after a rotation the one before signs as well, for a day. */
export function signingSecrets(
  vault: Vault,
  { id, data: { generation, previous } }: { id: string; data: Signing },
  now: number,
): readonly string[] {
  const live = previous.filter(({ until }) => Date.parse(until) > now);
  return [generation, ...live.map((one) => one.generation)].map((one) => webhookSecret(vault, id, one));
}
