import type { FaultyRow } from './loaded-row.ts';
import type { RowResult } from './load-rows.ts';
import { userErrors, warningsShown } from '../refusal.ts';

const FAULTS: Readonly<Record<FaultyRow['fault'], string>> = {
  NOT_AN_OBJECT: '不是对象。 / Not an object.',
  COLUMN_COUNT: '列数与表头不符，可能写到一半。 / Another number of cells than headings; perhaps half-written.',
  UNUSABLE_CHARACTERS: '有乱码或控制字符。 / Bytes that are no characters, or control characters.',
  FORMULA: '单元格是公式。 / A cell is a formula.',
  DUPLICATE_ROW:
    '同一编号在文件中出现多次，只取第一个有效行。 / The id is in the file more than once; the first good row counts.',
};

/** One line of the report: a row that was not taken and why, or one that was with a warning. `null` = nothing to say. */
export function reportLine(result: RowResult): object | null {
  const { row } = result;
  const of = { place: row.place, kind: row.kind, id: row.fields['id'] ?? null };
  switch (result.is) {
    case 'DUPLICATE_ROW':
      return { ...of, notTaken: [{ code: 'DUPLICATE_ROW', message: FAULTS.DUPLICATE_ROW }] };
    case 'NOT_TAKEN':
      return {
        ...of,
        notTaken: userErrors(result.refusals).map(({ code, message, path }) => ({
          code,
          field: path?.slice(1).join('.') ?? null,
          message,
        })),
      };
    case 'ENTERED':
    case 'CHANGED':
    case 'UNCHANGED':
      return result.warnings.length === 0 ? null : { ...of, warnings: warningsShown(result.warnings) };
  }
}

export function faultLine({ place, kind, fault, field }: FaultyRow): object {
  return { place, kind, notTaken: [{ code: fault, field: field ?? null, message: FAULTS[fault] }] };
}
