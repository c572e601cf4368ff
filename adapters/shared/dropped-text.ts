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
  return decodeText(bytes)?.text ?? new TextDecoder(likelierEncoding(bytes)).decode(bytes);
}

/** Of two encodings that both fail somewhere, the one with fewer broken characters. */
function likelierEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  return broken('utf-8', sample) <= broken('gb18030', sample) ? 'utf-8' : 'gb18030';
}

function broken(encoding: string, bytes: Uint8Array): number {
  return new TextDecoder(encoding).decode(bytes).split('\ufffd').length - 1;
}
