import type { Division } from '../../systems/world/model.ts';
import { DISTRICT, DIVISIONS } from '../../systems/world/places.ts';

const TOWNS = 22;
const VILLAGES = 290;
/** Further towns; their names, like those of the first six, are made up. */
const MORE_TOWNS = [
  ['广济街道', '社区'],
  ['南塘街道', '社区'],
  ['城北街道', '社区'],
  ['东湖街道', '社区'],
  ['红星街道', '社区'],
  ['西园街道', '社区'],
  ['平江街道', '社区'],
  ['学府街道', '社区'],
  ['白鹭镇', '村'],
  ['双河镇', '村'],
  ['枫林镇', '村'],
  ['长堰镇', '村'],
  ['梅岭镇', '村'],
  ['沙溪镇', '村'],
  ['金鸡乡', '村'],
  ['竹山乡', '村'],
] as const;
const VILLAGE_NAMES = [...'东西南北中新永安和丰泰兴福宁明康庆云'];

/** The towns and villages of the district: those that people of the sample world live in, or as many as a real one has. */
export function districtDivisions({ whole }: { whole: boolean }): { towns: Division[]; villages: Division[] } {
  const known = DIVISIONS.filter(({ code }) => code.startsWith(DISTRICT));
  const towns = known.filter(({ code }) => code.length === 9);
  const villages = known.filter(({ code }) => code.length === 12);
  if (!whole) return { towns, villages };
  const added = MORE_TOWNS.slice(0, TOWNS - towns.length).map(([name, suffix], i) => ({
    code: `${DISTRICT}${String(suffix === '社区' ? 10 + i : 110 + i).padStart(3, '0')}`,
    name,
    suffix,
  }));
  const missing = VILLAGES - villages.length;
  const more = Array.from({ length: missing }, (_, i) => villageOf(added, i));
  return {
    towns: [...towns, ...added.map(({ code, name }) => ({ code, name }))],
    villages: [...villages, ...more].toSorted((a, b) => (a.code < b.code ? -1 : 1)),
  };
}

function villageOf(towns: readonly (Division & { suffix: string })[], i: number): Division {
  const town = towns[i % towns.length];
  if (town === undefined) throw new RangeError('there is no town');
  const n = Math.floor(i / towns.length);
  const first = VILLAGE_NAMES[n % VILLAGE_NAMES.length] ?? '';
  return {
    code: `${town.code}${String((town.suffix === '社区' ? 1 : 200) + n).padStart(3, '0')}`,
    name: `${town.name.slice(0, 2)}${first}${town.suffix}`,
  };
}
