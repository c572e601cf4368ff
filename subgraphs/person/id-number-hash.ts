import { createHmac } from 'node:crypto';
import { normaliseIdNumber } from '../../adapters/shared/id-number.ts';

/** ID number as anybody writes it → HMAC-SHA-256 of its 18-character form, base64url; `null` for what is no ID number. */
export type IdNumberHash = (idNumber: string) => string | null;

/** The only form in which the hub keeps an ID number. Without the pepper nobody can try out the numbers that exist. */
export function idNumberHash(pepper: string): IdNumberHash {
  return (idNumber) => {
    const normal = normaliseIdNumber(idNumber);
    return normal === null ? null : createHmac('sha256', pepper).update(normal).digest('base64url');
  };
}
