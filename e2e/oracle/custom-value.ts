/** No names of GraphQL: what a JSON text has to escape, what is more than a byte of UTF-8, and what would end a key early. */
const HOSTILE_KEYS = ['丢', '"', 'x":1,"y', '\\', '\n', '', '\ud800', '\u2028', '\u{1F309}', 'a b'];

/** A value of a scalar that a schema declares itself: any JSON (specification 3.5), most often a text. */
export function customValue(text: string, number: number): unknown {
  const key = (n: number) => HOSTILE_KEYS[(number + n) % HOSTILE_KEYS.length] ?? '';
  const object = { [key(0)]: text, [key(3)]: [text, { [key(1)]: null }], [key(7)]: number };
  return [text, text, text, object, [object, text], number % 1_000][number % 6];
}
