/** The education department's REST service, taken over. */
import { restEducationSource } from '../../adapters/education/rest-education-source.ts';
import { type HostileDepartment, readsOf } from './hostile-department.ts';
import { hostileFetch, kindsOf } from './hostile-service.ts';
import { writeJson } from './hostile-values.ts';
import { type ListForm, listSpoils } from './list-spoils.ts';
import { type MarkedPerson, NOT_KNOWN, PEOPLE } from './people.ts';
import type { Spoils } from './spoil.ts';
import { TREE_SPOILS } from './spoil-tree.ts';

const BASE = 'http://education.test/api/v2';
const IDS = ['EDU-A1', 'EDU-B2', 'EDU-C3', 'EDU-D4', 'EDU-F6', 'EDU-E5'];
const token = () => ({ access_token: 'token-1', token_type: 'Bearer', expires_in: 300 });

/** What the service says of one person, by list. */
const ITEMS: Readonly<Record<string, (id: string, person: MarkedPerson, n: number) => object>> = {
  enrolments: (studentNo, { mark, year }, n) => ({
    studentNo,
    recordNo: `${mark}${n}`,
    schoolName: `${mark}小学`,
    schoolNo: `${mark}-7`,
    grade: `${mark}年级`,
    className: `${mark}班`,
    status: '01',
    enrolDate: `${year}-09-0${1 + n}`,
    leaveDate: `${year}/10/1`,
    remark: `${mark}备注`,
  }),
  'counselling-services': (studentNo, { mark, year, count }, n) => ({
    studentNo,
    recordNo: `${mark}${n}`,
    kind: 'GB',
    roomName: `${mark}辅导室`,
    openDate: `${year}030${1 + n}`,
    sessionCount: count,
    lastDate: `${year}-04`,
  }),
  assessments: (studentNo, { mark, year }, n) => ({
    studentNo,
    recordNo: `${mark}${n}`,
    scaleName: `${mark}量表`,
    assessDate: `${year}-05-0${1 + n}`,
    level: '1',
    score: 27,
  }),
  'protection-cases': (studentNo, { mark, year }, n) => ({
    studentNo,
    recordNo: `${mark}${n}`,
    kind: 'QL',
    openDate: `${year}-06-0${1 + n}`,
    status: '1',
  }),
};
const registered = (studentNo: string, { mark, year, idNumber }: MarkedPerson) => ({
  studentNo,
  name: `${mark}某某`,
  idCardNo: idNumber,
  sex: '女',
  birthDate: `${year}-01-01`,
  division: '110101',
});

const itemOf = (list: string, who: number, n = 0) => {
  const [id, person] = [IDS[who] ?? '', PEOPLE[who]];
  if (person === undefined) return {};
  return list === 'students' ? registered(id, person) : (ITEMS[list]?.(id, person, n) ?? {});
};

const form: ListForm = {
  rowsIn: 'items',
  knownIn: 'found',
  nextIn: 'nextCursor',
  ownerIn: 'studentNo',
  ids: IDS,
  nexts: ['c1', 'http://elsewhere.test/', '../../admin', 'x'.repeat(5_000), 'c&limit=1', '\u0000', 'c1#'],
};
const SPOILS: Spoils<unknown> = { ...TREE_SPOILS, ...listSpoils(form) };

const listOf = (url: URL) => url.pathname.split('/').at(-1) ?? '';

function answer({ url }: { url: URL }): unknown {
  const list = listOf(url);
  if (list === 'token') return token();
  if (list === 'ping') return { status: 'UP' };
  const asked = url.searchParams.get('studentNo')?.split(',') ?? IDS;
  const known = IDS.flatMap((id, who) => (asked.includes(id) && who !== NOT_KNOWN ? [who] : []));
  const all = known.flatMap((who) => [itemOf(list, who), itemOf(list, who, 1)]);
  const second = url.searchParams.has('cursor');
  const half = Math.ceil(all.length / 2);
  return {
    dataTime: '2026-11-20T06:00:00+08:00',
    items: second ? all.slice(half) : all.slice(0, half),
    nextCursor: second ? null : 'c1',
    found: known.map((who) => IDS[who]),
  };
}

const READS = ['enrolmentOf', 'counsellingOf', 'assessmentOf', 'protectionOf'] as const;

export const education: HostileDepartment = {
  slug: 'education',
  reads: READS,
  ids: IDS,
  kinds: kindsOf(SPOILS),
  mostBytes: 16_000_000,
  async open(_question, spoils, witness) {
    const service = { baseUrl: BASE, contentType: 'application/json', answer, treeSpoils: SPOILS, write: writeJson };
    const source = restEducationSource(
      {
        EDUCATION_URL: BASE,
        EDUCATION_CLIENT_ID: 'hub',
        EDUCATION_CLIENT_SECRET: 'secret',
        EDUCATION_TIMEOUT_MS: 20_000,
      },
      { fetch: hostileFetch(service, { spoils, witness }), log: witness.log },
    );
    return { source, reads: readsOf(source, READS) };
  },
};
