/** Kinds of families, as drafts: who lives together, how old, who is whose guardian. */
import { shiftYears } from './calendar.ts';
import type { WorldPerson } from './model.ts';
import { drawName, drawSurname } from './names.ts';
import type { Random } from './random.ts';

export interface Member {
  readonly name: string;
  readonly sex: WorldPerson['sex'];
  readonly birthDate: string;
  /** Came to the district to work; was registered elsewhere at birth. */
  readonly migrant: boolean;
}

export interface Household {
  readonly members: readonly Member[];
  /** [guardian, child] by place in `members`. */
  readonly guardians: readonly (readonly [number, number])[];
}

interface Draw {
  readonly random: Random;
  readonly today: string;
  readonly surname: string;
}
type Kind = (draw: Draw) => Household;

/** Draws one household, at most eight people. */
export function drawHousehold(random: Random, today: string): Household {
  return random.weighted(KINDS)({ random, today, surname: drawSurname(random) });
}

/** One adult alone: what fills a world up to its exact number of people. */
export function drawSingle(random: Random, today: string): Household {
  return single({ random, today, surname: drawSurname(random) });
}

const couple: Kind = (draw) => {
  const husband = aged(draw, { sex: 'MALE', from: 25, to: 58 });
  const wife = relative(draw, husband, { sex: 'FEMALE', years: [-2, 4], ownSurname: true });
  const children = childrenOf(draw, wife, draw.random.weighted(CHILDREN));
  const elders = draw.random.chance(0.15) ? [relative(draw, husband, { sex: 'FEMALE', years: [-32, -22] })] : [];
  const members = [husband, wife, ...children, ...elders];
  return { members, guardians: minorsOf(members, draw.today).flatMap((child) => [[0, child] as const, [1, child]]) };
};

const singleParent: Kind = (draw) => {
  const parent = aged(draw, { sex: draw.random.chance(0.75) ? 'FEMALE' : 'MALE', from: 24, to: 52 });
  const members = [parent, ...childrenOf(draw, parent, draw.random.int(1, 2))];
  return { members, guardians: minorsOf(members, draw.today).map((child) => [0, child] as const) };
};

/** Children left with their grandparents while the parents work elsewhere (留守儿童). */
const leftBehind: Kind = (draw) => {
  const grandmother = aged(draw, { sex: 'FEMALE', from: 54, to: 74 });
  const children = Array.from({ length: draw.random.int(1, 2) }, () =>
    aged(draw, { sex: eitherSex(draw.random), from: 3, to: 15 }),
  );
  const members = [grandmother, ...children];
  return { members, guardians: minorsOf(members, draw.today).map((child) => [0, child] as const) };
};

const elderCouple: Kind = (draw) => {
  const husband = aged(draw, { sex: 'MALE', from: 61, to: 86 });
  return {
    members: [husband, relative(draw, husband, { sex: 'FEMALE', years: [-3, 5], ownSurname: true })],
    guardians: [],
  };
};

const elderAlone: Kind = (draw) => ({
  members: [aged(draw, { sex: draw.random.chance(0.7) ? 'FEMALE' : 'MALE', from: 64, to: 96 })],
  guardians: [],
});

const single: Kind = (draw) => ({
  members: [aged(draw, { sex: eitherSex(draw.random), from: 20, to: 59 })],
  guardians: [],
});

const dormitory: Kind = (draw) => ({
  members: Array.from({ length: draw.random.int(1, 4) }, () => ({
    ...aged({ ...draw, surname: drawSurname(draw.random) }, { sex: eitherSex(draw.random), from: 18, to: 54 }),
    migrant: true,
  })),
  guardians: [],
});

/** An adult without full capacity, under the guardianship of a parent. */
const dependentAdult: Kind = (draw) => {
  const parent = aged(draw, { sex: eitherSex(draw.random), from: 48, to: 78 });
  return {
    members: [parent, relative(draw, parent, { sex: eitherSex(draw.random), years: [22, 30] })],
    guardians: [[0, 1]],
  };
};

const KINDS: readonly (readonly [Kind, number])[] = [
  [couple, 46],
  [singleParent, 10],
  [leftBehind, 6],
  [elderCouple, 11],
  [elderAlone, 8],
  [single, 10],
  [dormitory, 6],
  [dependentAdult, 3],
];
const CHILDREN: readonly (readonly [number, number])[] = [
  [0, 15],
  [1, 45],
  [2, 34],
  [3, 6],
];
/** Older children have a household of their own. */
const OLDEST_CHILD_AT_HOME = 23;

const eitherSex = (random: Random): WorldPerson['sex'] => (random.chance(0.5) ? 'FEMALE' : 'MALE');

function aged(
  { random, today, surname }: Draw,
  { sex, from, to }: { sex: WorldPerson['sex']; from: number; to: number },
): Member {
  const birthDate = random.date(dayAfter(shiftYears(today, -to - 1)), shiftYears(today, -from));
  return { name: drawName(random, surname, sex), sex, birthDate, migrant: false };
}

function relative(
  draw: Draw,
  of: Member,
  {
    sex,
    years,
    ownSurname = false,
  }: { sex: WorldPerson['sex']; years: readonly [number, number]; ownSurname?: boolean },
): Member {
  const earliest = shiftYears(of.birthDate, years[0]);
  const latest = shiftYears(of.birthDate, years[1]);
  const surname = ownSurname ? drawSurname(draw.random) : draw.surname;
  const birthDate = draw.random.date(earliest, latest);
  return { name: drawName(draw.random, surname, sex), sex, birthDate, migrant: false };
}

/** Born when the parent was 21 to 40, not yet moved out; a parent too young or too old for that has none. */
function childrenOf(draw: Draw, parent: Member, count: number): Member[] {
  const earliest = later(shiftYears(parent.birthDate, 21), dayAfter(shiftYears(draw.today, -OLDEST_CHILD_AT_HOME - 1)));
  const latest = earlier(shiftYears(parent.birthDate, 40), draw.today);
  if (earliest > latest) return [];
  return Array.from({ length: count }, () => {
    const sex = eitherSex(draw.random);
    const birthDate = draw.random.date(earliest, latest);
    return { name: drawName(draw.random, draw.surname, sex), sex, birthDate, migrant: false };
  });
}

function minorsOf(members: readonly Member[], today: string): number[] {
  const bornAfter = shiftYears(today, -18);
  return members.flatMap(({ birthDate }, place) => (birthDate > bornAfter ? [place] : []));
}

const later = (a: string, b: string) => (a > b ? a : b);
const earlier = (a: string, b: string) => (a < b ? a : b);
const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
