const SMALLEST_BLOCK = 512;
const LARGEST_BLOCK = 65_536;

/**
 * Copies of bytes that come one after another, in blocks of room that grow with them: a buffer object for each piece
 * would take a hundred times as much memory as pieces of one byte.
 */
export function keptBytes() {
  /** All full but the last. */
  const blocks: Buffer[] = [];
  let used = 0;
  let size = 0;

  function add(bytes: Buffer): void {
    const last = blocks.at(-1);
    const copied = last === undefined ? 0 : bytes.copy(last, used);
    used += copied;
    size += copied;
    if (copied === bytes.length) return;
    const rest = bytes.subarray(copied);
    const room = Math.max(rest.length, SMALLEST_BLOCK, Math.min(size, LARGEST_BLOCK));
    const block = Buffer.allocUnsafe(room);
    used = rest.copy(block);
    size += used;
    blocks.push(block);
  }

  return {
    add,
    joined: (): Buffer => Buffer.concat(blocks, size),
    get size() {
      return size;
    },
    /** What is taken for them, in blocks and in bytes. */
    get taken() {
      return { blocks: blocks.length, bytes: blocks.reduce((sum, { length }) => sum + length, 0) };
    },
  };
}
