/** What can be wrong with the bytes of any answer or file, whatever they mean. */
import iconv from 'iconv-lite';
import { pick, type Spoil, type Spoils } from './spoil.ts';

const HTML = '<!doctype html><html><body>系统维护中</body></html>';
/** None is a digit or a letter: no spoilt byte makes one person's id or date another's. */
const BYTES = [
  0x00, 0xff, 0xfe, 0x80, 0xc3, 0x22, 0x27, 0x5c, 0x7b, 0x5d, 0x3c, 0x3e, 0x26, 0x0a, 0x0d, 0x2c, 0x1b, 0xed,
];
const ENCODINGS = ['utf16le', 'utf16be', 'utf-16', 'gbk', 'gb18030', 'latin1', 'utf-32le', 'utf7', 'shift_jis'];

export const BYTE_SPOILS: Spoils<Uint8Array> = {
  'cut off': (bytes, { where, how }) =>
    bytes.subarray(0, Math.floor((bytes.length * ((where * 61 + how) % 1_000)) / 1_000)),
  'the beginning cut off': (bytes, { where }) => bytes.subarray(Math.min(bytes.length, where)),
  'a byte changed': (bytes, { where, how }) => {
    const copy = Uint8Array.from(bytes);
    if (copy.length > 0) copy[placeOf(copy, where)] = pick(BYTES, how) ?? 0;
    return copy;
  },
  'a byte more': (bytes, { where, how }) => {
    const at = placeOf(bytes, where);
    return joined(bytes.subarray(0, at), Uint8Array.of(pick(BYTES, how) ?? 0), bytes.subarray(at));
  },
  'another encoding': (bytes, { how }) => encoded(Buffer.from(bytes).toString('utf8'), how),
  'a byte order mark': (bytes, { how }) =>
    joined(
      Uint8Array.from(
        pick(
          [
            [0xef, 0xbb, 0xbf],
            [0xff, 0xfe],
            [0xfe, 0xff],
            [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf],
          ],
          how,
        ) ?? [],
      ),
      bytes,
    ),
  'a page of HTML': (bytes, { how }) =>
    pick([Buffer.from(HTML), joined(Buffer.from(HTML), bytes), joined(bytes, Buffer.from(HTML))], how) ?? bytes,
  'nothing at all': () => new Uint8Array(),
  garbage: (_, { where, how }) =>
    Uint8Array.from({ length: 40 + where }, (_one, i) => (i * 167 + how * 31 + where) % 256),
  'the same twice': (bytes, { how }) => joined(bytes, how % 2 === 0 ? new Uint8Array() : Uint8Array.of(0x0a), bytes),
  'much white space': (bytes, { how }) => {
    const space = Buffer.alloc(how % 20 === 7 ? 400_000 : 5_000, how % 2 === 0 ? 0x20 : 0x0a);
    return how % 4 < 2 ? joined(space, bytes) : joined(bytes, space);
  },
};

const placeOf = (bytes: Uint8Array, where: number) => (where * 7_919) % Math.max(1, bytes.length);
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

function encoded(text: string, how: Spoil['how']): Uint8Array {
  return iconv.encode(text, pick(ENCODINGS, how) ?? 'utf16le', { addBOM: how % 3 === 0 });
}
