import { foldWidth } from './fold-width.ts';
import type { Sex } from './source.ts';

const BY_CODE: Readonly<Record<string, Sex>> = { '0': 'UNKNOWN', '1': 'MALE', '2': 'FEMALE', '9': 'UNSTATED' };
const BY_WORD: Readonly<Record<string, Sex>> = {
  男: 'MALE',
  男性: 'MALE',
  女: 'FEMALE',
  女性: 'FEMALE',
  未知: 'UNKNOWN',
  未知的性别: 'UNKNOWN',
  未说明: 'UNSTATED',
  未说明的性别: 'UNSTATED',
};

/** A GB/T 2261.1 code, as digit or number. A code outside the set is `UNKNOWN`. */
export function sexFromGb2261(code: string | number | null | undefined): Sex {
  return look(BY_CODE, String(code ?? ''));
}

/** 男, 女 and their longer forms, or a GB/T 2261.1 code. Anything else is `UNKNOWN`. */
export function sexFromText(text: string | null | undefined): Sex {
  const word = foldWidth(text ?? '');
  return /^\d$/.test(word) ? sexFromGb2261(word) : look(BY_WORD, word);
}

function look(table: Readonly<Record<string, Sex>>, raw: string): Sex {
  const key = foldWidth(raw);
  return Object.hasOwn(table, key) ? (table[key] ?? 'UNKNOWN') : 'UNKNOWN';
}
