import { publicCode } from '../public-code.ts';

/** The code of an error, in a record as the caller sees it. */
export function codeIn(extensions: Readonly<Record<string, unknown>> = {}): string {
  return publicCode(extensions) ?? 'INTERNAL';
}
