import type { SealedText, Vault } from '../../adapters/vault/port.ts';
import { HIDDEN } from '../shared/hidden-characters.ts';
import { referralTextPlace } from './referral.ts';

const MAX_TEXT = 4_000;

/** Of free text: lines are welcome, what hides or turns text around is not (case 57). */
const PROSE = new RegExp(String.raw`^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f${HIDDEN}]*$`, 'u');

/** A text as it is kept: trimmed, `null` for none; `undefined` where it cannot be taken. */
export function proseOf(given: string | null | undefined): string | null | undefined {
  const text = given?.trim() ?? '';
  if (text === '') return null;
  return text.length <= MAX_TEXT && PROSE.test(text) ? text : undefined;
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
