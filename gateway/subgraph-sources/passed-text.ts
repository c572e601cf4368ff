/**
 * A value of an answer as the subgraph wrote it: JSON that is right as it stands, and that nobody need read. A class,
 * because what meets every value of every answer must be told from an object at the least price.
 */
export class PassedText {
  readonly text: string;
  /** What the text was compared with (`shapeOf`). */
  readonly shape: string;
  #opened: { readonly value: unknown } | null = null;

  constructor(text: string, shape: string) {
    this.text = text;
    this.shape = shape;
  }

  /** The value for somebody who reads it after all, or changes it: the same each time. */
  open(): unknown {
    this.#opened ??= { value: JSON.parse(this.text) };
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
