/** From the bytes of an XML answer to text: byte order mark, then the header's charset, then the declaration (RFC 7303, 3.2). */

// GB 18030 contains GBK contains GB 2312. Nothing else is accepted: UTF-16 and UTF-7 hide markup from who looks for it.
const DECODERS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
};

/** Throws `RangeError` for an encoding that is not accepted, `TypeError` for bytes that are not of their encoding. */
export function decodeXml(bytes: Uint8Array, contentType = ''): string {
  const label = hasUtf8Mark(bytes) ? 'utf-8' : (headerCharset(contentType) ?? declaredEncoding(bytes) ?? 'utf-8');
  const encoding = Object.hasOwn(DECODERS, label) ? DECODERS[label] : undefined;
  if (encoding === undefined) throw new RangeError('an encoding that is not accepted');
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

const hasUtf8Mark = (bytes: Uint8Array) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

function headerCharset(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase();
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w-]+)["']/i.exec(start)?.[1]?.toLowerCase();
}
