/** What the women's federation has on file about the people of a world. The same world gives the same records. */
import { ageOn, shiftYears } from '../world/calendar.ts';
import type { RegisterLine, World, WorldPerson } from '../world/model.ts';
import { randomFor, type Random } from '../world/random.ts';
import { registerOf } from '../world/register.ts';
import { personById } from '../world/world.ts';
import type { FamilySupportRecord, HotlineRecord, PersonRecords, RightsCaseRecord } from './record-types.ts';
import { STORY_RECORDS } from './story-records.ts';

export interface WomensFederationRecords extends PersonRecords {
  readonly register: readonly RegisterLine[];
}

/** The last words of each list are outside the published code set. */
const SUPPORT_FOR_ADULTS = ['婚恋家庭辅导', '家庭教育指导', '走访关爱', '困境妇女帮扶', '巾帼暖心行动'];
const SUPPORT_FOR_MINORS = ['留守关爱', '走访慰问', '家庭教育指导', '春蕾助学'];
const CASES = ['家庭暴力', '家暴', '婚姻纠纷', '抚养探望', '财产权益', '劳动权益', '土地权益', '村规民约'];
const OPEN_STAGES = ['已受理', '调查中', '调解中', '已转介', '诉讼支持', '待研判'];
const TOPICS = ['家庭暴力', '婚姻家庭', '子女教育', '法律咨询', '心理疏导', '就业创业', '表扬感谢'];
const DISPOSITIONS = ['当场解答', '当场解答', '立案受理', '转办', '预约面询', '紧急联动'];

export function womensFederationRecords(world: World): WomensFederationRecords {
  const people = world.people.flatMap((person) =>
    person.localIds['womens-federation'].map((localId) => recordsOf(world, person, localId)),
  );
  return {
    register: registerOf(world, 'womens-federation'),
    familySupport: people.flatMap(({ familySupport }) => familySupport),
    rightsCases: people.flatMap(({ rightsCases }) => rightsCases),
    hotline: people.flatMap(({ hotline }) => hotline),
  };
}

function recordsOf(world: World, person: WorldPerson, localId: string): PersonRecords {
  const story = person.story === null ? undefined : STORY_RECORDS[person.story];
  if (story !== undefined) return story(localId);
  const random = randomFor(world.seed, 'womens-federation', localId);
  const adult = ageOn(person.birthDate, world.today) >= 18;
  const woman = adult && person.sex === 'FEMALE';
  const file: FileOf = { localId, random, today: world.today, since: firstDay(localId, world.today) };
  return {
    familySupport: drawn(random.int(random.chance(0.3) ? 0 : 1, 3), () => familySupport(file, adult)),
    rightsCases: drawn(random.chance(woman ? 0.3 : 0.05) ? random.int(1, 2) : 0, () => rightsCase(file)),
    hotline: drawn(random.chance(adult ? 0.4 : 0.05) ? random.int(1, 3) : 0, () => hotline(file)),
  };
}

interface FileOf {
  readonly localId: string;
  readonly random: Random;
  readonly today: string;
  readonly since: string;
}

/** The year in a local id is the one in which the file was opened. */
function firstDay(localId: string, today: string): string {
  const opened = `${localId.split('.')[1] ?? ''}-01-01`;
  return /^\d{4}-/.test(opened) && opened < today ? opened : shiftYears(today, -1);
}

function familySupport({ localId, random, since, today }: FileOf, adult: boolean): FamilySupportRecord {
  const from = random.date(since, today);
  const ended = random.chance(0.6);
  return {
    localId,
    kind: random.pick(adult ? SUPPORT_FOR_ADULTS : SUPPORT_FOR_MINORS),
    from,
    to: ended ? random.date(from, today) : null,
    sessions: random.int(1, 16),
    status: ended ? random.weighted([['已完成', 9] as const, ['已中止', 1] as const]) : '进行中',
  };
}

function rightsCase({ localId, random, since, today }: FileOf): RightsCaseRecord {
  const acceptedOn = random.date(since, today);
  const closed = random.chance(0.5);
  const kind = random.pick(CASES);
  return {
    localId,
    kind,
    stage: closed ? '已结案' : random.pick(OPEN_STAGES),
    acceptedOn,
    closedOn: closed ? random.date(acceptedOn, today) : null,
    protectionOrder: kind.includes('暴') && random.chance(0.3),
    sealed: random.chance(kind.includes('暴') ? 0.4 : 0.05),
  };
}

function hotline({ localId, random, since, today }: FileOf): HotlineRecord {
  return {
    localId,
    date: random.date(since, today),
    topic: random.pick(TOPICS),
    disposition: random.pick(DISPOSITIONS),
  };
}

const drawn = <T>(count: number, draw: () => T): readonly T[] => Array.from({ length: count }, draw);

/** The office in charge: the village's women's home. */
export function womensHome(world: World, line: RegisterLine): string {
  const { division } = personById(world, line.personId);
  const village = world.divisions.find(({ code }) => code === division)?.name ?? '区';
  return `${village}妇女之家`;
}
