/** A workbook of one sheet. Test support. */
import { utils, write } from '@e965/xlsx';

/** `changed`: cells by their address, e.g. `{ B2: { t: 's', v: '5', f: 'A1+A2' } }`. */
export function workbook(rows: readonly (readonly string[])[], changed: object = {}): Uint8Array {
  const sheet = { ...utils.aoa_to_sheet(rows.map((row) => [...row])), ...changed };
  return new Uint8Array(write({ SheetNames: ['s'], Sheets: { s: sheet } }, { type: 'buffer', bookType: 'xlsx' }));
}
