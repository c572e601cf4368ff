/**
 * Sensitive text that the hub itself holds (reasons, notes, answers), encrypted before it reaches the store. Envelope:
 * a data key for each person, wrapped by a key-encryption key that never lies in the store.
 */
import { z } from 'zod';

/** A text as the store sees it. Base64url throughout. */
export const sealedTextSchema = z
  .object({
    /** Algorithm and layout, so that a later one can be told apart. */
    v: z.literal(1),
    /** Which of the person's keys: the count begins anew each time one is destroyed. */
    g: z.number().int(),
    iv: z.string(),
    /** Ciphertext with its tag. */
    text: z.string(),
  })
  .readonly();
export type SealedText = z.infer<typeof sealedTextSchema>;

/** Where a text stands. It is bound to this place: a ciphertext that was moved does not open. */
export interface TextPlace {
  readonly collection: string;
  readonly id: string;
  readonly field: string;
  /** Whose text it is; their key is what crypto-shredding destroys. */
  readonly personId: string;
}

export interface Vault {
  /** Makes the person's data key where there is none yet. Throws `VaultError`. */
  seal(text: string, place: TextPlace): Promise<SealedText>;
  /** `null` where the person's key was destroyed. Throws `VaultError` for a text that is not the one of this place. */
  open(sealed: SealedText, place: TextPlace): Promise<string | null>;
  /** Destroys the person's data key: every text about the person that the hub holds is unreadable. New ones get a new key. */
  shred(personId: string): Promise<void>;
  /** The same text under the same name gives the same code; nobody without the key can tell the text from it (HMAC-SHA-256). */
  blindIndex(name: string, text: string): string;
}

const MESSAGES = {
  VAULT_TEXT_INVALID: 'holds a text that was changed or moved',
  VAULT_KEY_MISSING: 'needs a key-encryption key that is not configured; put it back into the key file',
} as const;

/** A text cannot be sealed or opened. Names the place, never the text. */
export class VaultError extends Error {
  readonly code: keyof typeof MESSAGES;

  constructor(code: keyof typeof MESSAGES, { detail, cause }: { detail: string; cause?: unknown }) {
    super(`The vault ${MESSAGES[code]} (${detail}).`, { cause });
    this.name = 'VaultError';
    this.code = code;
  }
}
