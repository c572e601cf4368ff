import { HIDDEN, HIDDEN_IN_LINE } from './hidden-characters.ts';

// They would let a name add lines to a consent's text, or pose as another.
const PLAIN = new RegExp(`^[^${HIDDEN_IN_LINE}]+$`, 'u');

/** Lines are welcome in it. */
const PROSE = new RegExp(String.raw`^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f${HIDDEN}]*$`, 'u');

/** Is it a short text with something in it, on one line? */
export function isPlainText(text: string, maxLength = 200): boolean {
  const trimmed = text.trim();
  return trimmed.length > 0 && trimmed.length <= maxLength && PLAIN.test(trimmed);
}

/** Is it free text in which nothing hides or turns around what is read (case 57)? It may have lines, and may be empty. */
export function isProse(text: string, maxLength: number): boolean {
  return text.length <= maxLength && PROSE.test(text);
}
