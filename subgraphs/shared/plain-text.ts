import { HIDDEN_IN_LINE } from './hidden-characters.ts';

// They would let a name add lines to a consent's text, or pose as another.
const PLAIN = new RegExp(`^[^${HIDDEN_IN_LINE}]+$`, 'u');

/** Is it a short text with something in it, on one line? */
export function isPlainText(text: string, maxLength = 200): boolean {
  const trimmed = text.trim();
  return trimmed.length > 0 && trimmed.length <= maxLength && PLAIN.test(trimmed);
}
