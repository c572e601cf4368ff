/**
 * The lists of the service, page by page, the newest row first. They shift while they are read: a page that is not the
 * last of its list makes a clerk enter another row at the front, so many times as `arrivals` says, and all that follows
 * moves down by one.
 */
import type { World } from '../world/model.ts';
import { CATEGORIES, type Category, type RawRow } from './record-types.ts';
import { unionRecords, type EnteredRow } from './records.ts';
import { unionRegister } from './register.ts';

export interface PageOf {
  readonly page: number;
  readonly size: number;
}
export interface ListPage extends PageOf {
  readonly total: number;
  readonly list: readonly RawRow[];
}

export interface PagedLists {
  /** The numbers among these that the union has. */
  known(memberNos: readonly string[]): readonly string[];
  rows(category: Category, memberNos: readonly string[], page: PageOf): ListPage;
  members(page: PageOf): ListPage;
}

export function pagedLists(world: World, arrivals: number): PagedLists {
  const records = unionRecords(world);
  const register = unionRegister(world);
  const known = new Set(records.memberNos);
  const late = lateRows(world, arrivals);

  return {
    known: (memberNos) => memberNos.filter((memberNo) => known.has(memberNo)),
    rows(category, memberNos, page) {
      const asked = new Set(memberNos);
      const own = late.of(category).filter(({ memberNo }) => asked.has(String(memberNo)));
      const filed = [...asked].flatMap((memberNo) => records.of(category, memberNo) ?? []);
      const all = [...own, ...filed.toSorted(newestFirst).map(({ row }) => row)];
      const answer = { ...page, total: all.length, list: cut(all, page) };
      if (page.page * page.size < all.length) late.enter(category, memberNos.find((one) => known.has(one)) ?? '');
      return answer;
    },
    members(page) {
      const { size, slice } = register();
      const [start, end] = [(page.page - 1) * page.size, page.page * page.size];
      const front = late.of('register');
      const filed = slice(Math.max(0, start - front.length), Math.max(0, end - front.length));
      const total = front.length + size;
      const answer = { ...page, total, list: [...front.slice(start, end), ...filed] };
      if (end < total) {
        const memberNo = late.enter('register', '');
        if (memberNo !== null) known.add(memberNo);
      }
      return answer;
    },
  };
}

function lateRows({ today }: World, arrivals: number) {
  const entered = new Map<Category | 'register', RawRow[]>([
    ...CATEGORIES.map((category) => [category, []] as [Category, RawRow[]]),
    ['register', []],
  ]);
  const of = (list: Category | 'register'): readonly RawRow[] => entered.get(list) ?? [];
  return {
    of,
    /** The number of the member whom the new row is about; `null` when the clerks rest. */
    enter(list: Category | 'register', about: string): string | null {
      const place = of(list).length;
      if (place >= arrivals) return null;
      const memberNo = list === 'register' ? `GH-390106-${9_000_001 + place}` : about;
      entered.get(list)?.unshift({ id: 900_000_000 + place, memberNo, ...LATE[list](today) });
      return memberNo;
    },
  };
}

const LATE: Readonly<Record<Category | 'register', (today: string) => RawRow>> = {
  'employee-assistance': (today) => ({ programCode: 'XL01', programName: '个体心理咨询', startDate: today }),
  'hardship-aid': (today) => ({ aidType: '1', aidTypeName: '生活救助', amount: 500, grantDate: today }),
  'workplace-mediation': (today) => ({ disputeType: '劳动报酬', stage: '10', acceptDate: today }),
  register: () => ({
    memberName: '曾新来',
    idCard: null,
    gender: '男',
    birthday: '1999/9/9',
    areaCode: '390106001001',
  }),
};

const cut = <T>(all: readonly T[], { page, size }: PageOf) => all.slice((page - 1) * size, page * size);

function newestFirst(a: EnteredRow, b: EnteredRow): number {
  if (a.entered !== b.entered) return a.entered < b.entered ? 1 : -1;
  return Number(b.row.id) - Number(a.row.id);
}
