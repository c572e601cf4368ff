/** Up to here a text cannot take much, whatever it is made of. */
const SMALL_BYTES = 1_000_000;
/** An operation may cost 20,000 objects (`OPERATION_COST_MAX`); with fifty lists and objects each they are as many. */
const MOST = 1_000_000;

const BRACKET = '['.charCodeAt(0);
const BRACE = '{'.charCodeAt(0);

/**
 * Whether a text of JSON would take many times its size in memory: one that is nothing but lists and objects does. What
 * stands inside texts is counted as well; it is rarely so much. Measured in docs/decisions/answers-that-multiply.md.
 */
export function multiplies(json: Uint8Array): boolean {
  if (json.length <= SMALL_BYTES) return false;
  let count = 0;
  for (let i = 0; i < json.length; i += 1) {
    const byte = json[i];
    if (byte === BRACKET || byte === BRACE) count += 1;
  }
  return count > MOST;
}
