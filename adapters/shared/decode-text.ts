export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'gb18030';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * Decodes a whole file of unknown encoding and says which it was: UTF-8 with or without byte order mark, UTF-16 with its
 * mark (spreadsheets write it), else GB18030, which contains GBK and GB 2312. `null` where it is valid in none: a
 * half-written or foreign file. Whole files only: a part cut within a character looks like another encoding.
 */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  if (startsWith(bytes, [0xff, 0xfe])) return attempt('utf-16le', bytes);
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return attempt('utf-8-bom', bytes);
  return attempt('utf-8', bytes) ?? attempt('gb18030', bytes);
}

function attempt(encoding: TextEncoding, bytes: Uint8Array): DecodedText | null {
  try {
    const label = encoding === 'utf-8-bom' ? 'utf-8' : encoding;
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding };
  } catch {
    return null;
  }
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}
