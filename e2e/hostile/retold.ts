import { writeJson } from './hostile-values.ts';
import { PEOPLE } from './people.ts';

/** What is written of one person, written of another: mark, year, number, ID number and local id. */
export function retold(text: string, { to, ids }: { readonly to: number; readonly ids: readonly string[] }): string {
  const from = PEOPLE.findIndex(({ mark }) => text.includes(mark));
  const [one, other] = [PEOPLE[from], PEOPLE[to]];
  if (one === undefined || other === undefined) return text;
  return text
    .replaceAll(one.mark, other.mark)
    .replaceAll(String(one.year), String(other.year))
    .replaceAll(String(one.count), String(other.count))
    .replaceAll(one.idNumber, other.idNumber)
    .replaceAll(ids[from] ?? '', ids[to] ?? '');
}

/** The same of a tree of values; `null` where it was spoilt so that it is no JSON any more. */
export function retoldTree(value: unknown, of: { readonly to: number; readonly ids: readonly string[] }): unknown {
  try {
    return JSON.parse(retold(writeJson(value), of));
  } catch {
    return null;
  }
}
