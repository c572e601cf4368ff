/** The trade union's signed REST service, taken over. */
import { signedUnionSource } from '../../adapters/union/signed-union-source.ts';
import { type HostileDepartment, readsOf } from './hostile-department.ts';
import { hostileFetch, kindsOf } from './hostile-service.ts';
import { HOSTILE_TEXTS, OTHER_KINDS, writeJson } from './hostile-values.ts';
import { type ListForm, listSpoils, objectIn } from './list-spoils.ts';
import { type MarkedPerson, NOT_KNOWN, PEOPLE } from './people.ts';
import { pick, type Spoils } from './spoil.ts';
import { TREE_SPOILS } from './spoil-tree.ts';

const BASE = 'http://union.test/openapi/v1';
const IDS = ['GH-A1', 'GH-B2', 'GH-C3', 'GH-D4', 'GH-F6', 'GH-E5'];
const PAGE_SIZE = 4;
const TIME = '2026-11-20T06:00:00+08:00';

/** What the service says of one person, by the end of its path. */
const ROWS: Readonly<Record<string, (person: MarkedPerson, n: number) => object>> = {
  services: ({ mark, year, count }, n) => ({
    programCode: 'XL01',
    programName: `${mark}心理咨询`,
    provider: `${mark}服务中心`,
    unitName: `${mark}机械厂`,
    startDate: `${year}-01-0${1 + n}`,
    sessionTimes: count,
    lastDate: `${year}年2月`,
    talkNote: `${mark}谈话`,
  }),
  grants: ({ mark, year, count }, n) => ({
    aidType: '1',
    aidTypeName: `${mark}救助`,
    amount: n === 0 ? count : `${count}.00`,
    grantDate: `${year}/3/${1 + n}`,
    unionName: `${mark}总工会`,
  }),
  cases: ({ mark, year }, n) => ({
    disputeType: `${mark}争议`,
    stage: '10',
    acceptDate: `${year}-04-0${1 + n}`,
    agreeDate: `${year}-05`,
    committee: `${mark}调解委员会`,
  }),
  members: ({ mark, year, idNumber }) => ({
    memberName: `${mark}某某`,
    idCard: idNumber,
    gender: '1',
    birthday: `${year}-01-01`,
    areaCode: '110101',
  }),
};

const form: ListForm = {
  within: 'data',
  rowsIn: 'list',
  knownIn: 'known',
  nextIn: 'page',
  ownerIn: 'memberNo',
  ids: IDS,
  nexts: [0, -1, 2, 1e9, '1'],
};
const NUMBERS = [0, -1, 1, 5, 6, 7, 200, 2_000, 1_000_000, 9e15, 1e300, 4.5];
const CODES = [1, -1, 40_000, 40_102, 42_900, 50_001, 50_300, 1e300, 0.5, '0'];
const SPOILS: Spoils<unknown> = {
  ...TREE_SPOILS,
  ...listSpoils(form),
  'a total that lies': (tree, { where, how }) => {
    const data = objectIn(objectIn(tree)?.data);
    if (data !== null) data[where % 3 === 0 ? 'size' : 'total'] = pick([...NUMBERS, ...HOSTILE_TEXTS], how);
    return tree;
  },
  'a failure with status 200': (tree, { where, how }) => {
    // A busy service is asked again after a pause: one in four.
    const code = pick(CODES, how);
    const whole = objectIn(tree);
    if (whole !== null) whole.code = Number(code) > 42_000 && where % 4 > 0 ? pick(OTHER_KINDS, how)?.() : code;
    return tree;
  },
};

function answer({ url, call }: { url: URL; call: number }): unknown {
  const path = url.pathname.split('/').at(-1) ?? '';
  const make = ROWS[path];
  if (make === undefined) return { code: 0, data: { dataTime: TIME } };
  const asked = url.searchParams.get('memberNos')?.split(',') ?? IDS;
  const known = PEOPLE.flatMap((person, who) =>
    asked.includes(IDS[who] ?? '') && who !== NOT_KNOWN ? [{ person, memberNo: IDS[who] ?? '' }] : [],
  );
  const all = known.flatMap(({ person, memberNo }) =>
    [0, 1].map((n) => ({ id: `${person.mark}${n}`, memberNo, ...make(person, n) })),
  );
  const [page, size] = [Number(url.searchParams.get('page')), Number(url.searchParams.get('size'))];
  const data = {
    dataTime: TIME,
    total: all.length,
    page,
    size,
    list: all.slice((page - 1) * size, page * size),
    known: path === 'members' ? [] : known.map(({ memberNo }) => memberNo),
  };
  return { code: 0, message: `success ${call}`, data };
}

const READS = ['employeeAssistanceOf', 'hardshipAidOf', 'workplaceMediationOf'] as const;

export const union: HostileDepartment = {
  slug: 'union',
  reads: READS,
  ids: IDS,
  kinds: kindsOf(SPOILS),
  mostBytes: 64_000_000,
  async open(_question, spoils, witness) {
    const service = { baseUrl: BASE, contentType: 'application/json', answer, treeSpoils: SPOILS, write: writeJson };
    const source = signedUnionSource(
      { UNION_URL: BASE, UNION_APP_KEY: 'app', UNION_APP_SECRET: 'secret', UNION_TIMEOUT_MS: 20_000 },
      { fetch: hostileFetch(service, { spoils, witness }), log: witness.log, pageSize: PAGE_SIZE },
    );
    return { source, reads: readsOf(source, READS) };
  },
};
