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
