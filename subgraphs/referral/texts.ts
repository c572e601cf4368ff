import type { SealedText, Vault } from '../../adapters/vault/port.ts';
import { isProse } from '../shared/plain-text.ts';
import { referralTextPlace } from './referral.ts';

const MAX_TEXT = 4_000;

/** A text as it is kept: trimmed, `null` for none; `undefined` where it cannot be taken. */
export function proseOf(given: string | null | undefined): string | null | undefined {
  const text = given?.trim() ?? '';
  if (text === '') return null;
  return isProse(text, MAX_TEXT) ? text : undefined;
}

interface Whose {
  readonly id: string;
  readonly personId: string;
}

/** Sensitive texts of one referral under the person's key. */
export function sealFor(vault: Vault, { id, personId }: Whose) {
  return async (field: string, text: string): Promise<SealedText> =>
    vault.seal(text, referralTextPlace(id, personId, field));
}

/** `null` where there is none, or where the person's texts were destroyed. */
export async function opened(
  vault: Vault,
  { id, personId }: Whose,
  { field, text }: { field: string; text: SealedText | null },
): Promise<string | null> {
  return text === null ? null : vault.open(text, referralTextPlace(id, personId, field));
}
