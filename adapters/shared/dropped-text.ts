import { decodeText } from './decode-text.ts';
import { FileRefused } from './file-refused.ts';

const SNIFFED_BYTES = 4_096;
const SAMPLE_BYTES = 256 * 1024;

/**
 * Text of a dropped file in any encoding that `decodeText` knows, and in big-endian UTF-16. Bytes that are no character
 * become U+FFFD: exporters cut cells in the middle of one, and that must cost a row and not the night. Throws
 * `FileRefused` for what is no text at all.
 */
export function droppedText(bytes: Uint8Array): string {
  const text = wholeText(bytes);
  // GB18030 writes the byte-order mark too, and the decoder does not take it for one.
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function wholeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) throw new FileRefused('NOT_TEXT');
  const decoded = decodeText(bytes);
  if (decoded !== null && decoded.encoding !== 'gb18030') return decoded.text;
  // Almost any bytes are valid GB18030, so UTF-8 with a broken character would be taken for it.
  return new TextDecoder(isMostlyUtf8(bytes) ? 'utf-8' : 'gb18030').decode(bytes);
}

/** Chinese text in GBK read as UTF-8 breaks at nearly every character. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const sample = new TextDecoder().decode(bytes.subarray(0, SAMPLE_BYTES));
  const broken = sample.match(/\ufffd/g)?.length ?? 0;
  const whole = sample.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  return broken * 10 < whole;
}
