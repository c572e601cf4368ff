/**
 * A value of an answer as the subgraph wrote it: JSON that is right as it stands, and that nobody need read. A class,
 * because what meets every value of every answer must be told from an object at the least price.
 */
export class PassedText {
  /** UTF-8, a character for each byte. */
  readonly octets: string;
  /** What they were compared with (`shapeOf`). */
  readonly shape: string;
  #opened: { readonly value: unknown } | null = null;

  constructor(octets: string, shape: string) {
    this.octets = octets;
    this.shape = shape;
  }

  /** The value for somebody who reads it after all, or changes it: the same each time. */
  open(): unknown {
    this.#opened ??= { value: parsedOctets(this.octets) };
    return this.#opened.value;
  }

  /** Then what was opened counts, not the text. */
  get isOpen(): boolean {
    return this.#opened !== null;
  }

  toJSON(): unknown {
    return this.open();
  }
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** A text in UTF-8, a character for each byte. */
export function octetsOf(text: string): string {
  return BEYOND_ASCII.test(text) ? Buffer.from(text).toString('latin1') : text;
}

/** JSON that is given as octets. */
export function parsedOctets(octets: string): unknown {
  return JSON.parse(Buffer.from(octets, 'latin1').toString());
}
