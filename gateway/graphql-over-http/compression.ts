import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';

export type Coding = 'br' | 'gzip';

/** Smaller answers fit into one packet as they are. */
export const COMPRESSED_FROM_BYTES = 1_400;

/** Quick rather than small: the answer is made once for one reader. */
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 3, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
};
const GZIP = { level: 1 };

const asBrotli = promisify(brotliCompress);
const asGzip = promisify(gzip);
const known = new LRUCache<string, { readonly coding: Coding | null }>({ max: 100 });

/** How an answer may be compressed, by the request's `Accept-Encoding` (RFC 9110, 12.5.3); `null` = not at all. */
export function codingOf(acceptEncoding: string | readonly string[] | undefined): Coding | null {
  if (typeof acceptEncoding !== 'string') return null;
  const remembered = known.get(acceptEncoding);
  if (remembered !== undefined) return remembered.coding;
  const weights = new Map(acceptEncoding.split(',').map(weightOf));
  const weight = (coding: Coding) => weights.get(coding) ?? weights.get('*') ?? 0;
  const best = weight('br') >= weight('gzip') ? 'br' : 'gzip';
  const coding = weight(best) > 0 ? best : null;
  if (acceptEncoding.length <= 200) known.set(acceptEncoding, { coding });
  return coding;
}

function weightOf(element: string): readonly [string, number] {
  const [coding = '', parameter = ''] = element.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameter.startsWith('q=') ? Number(parameter.slice(2)) : 1;
  return [coding, weight >= 0 && weight <= 1 ? weight : 0];
}

/** Compresses beside the event loop. */
export function compressed(text: Buffer, coding: Coding): Promise<Buffer> {
  return coding === 'br' ? asBrotli(text, BROTLI) : asGzip(text, GZIP);
}
