// No control characters, no bidirectional overrides: they would let a name add lines to a consent's text, or pose as another.
const PLAIN = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+$/u;

/** Is it a short text with something in it, on one line? */
export function isPlainText(text: string, maxLength = 200): boolean {
  const trimmed = text.trim();
  return trimmed.length > 0 && trimmed.length <= maxLength && PLAIN.test(trimmed);
}
