/** The civil-affairs bureau's SOAP service, taken over. */
import { soapCivilAffairsSource } from '../../adapters/civil-affairs/soap-civil-affairs-source.ts';
import { envelopeSpoils } from './envelope-spoils.ts';
import { type HostileDepartment, readsOf } from './hostile-department.ts';
import { hostileFetch, kindsOf } from './hostile-service.ts';
import { type MarkedPerson, NOT_KNOWN, PEOPLE } from './people.ts';
import { leaf, node, writeXml, type XmlNode } from './xml-tree.ts';

const HOST = 'http://civil-affairs.test/ws';
const NAMESPACE = 'urn:civil-affairs:care:v1';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
/** Some are alike but for case and width: to this department they are different persons. */
const IDS = ['MZ-7a', 'MZ-8b', 'MZ-9c', 'MZ-0d', 'MZ-7A', 'ＭＺ－７ａ'];
const SPOILS = envelopeSpoils(IDS);
const READS = ['assistanceOf', 'childWelfareOf', 'elderlyCareOf', 'familyGuidanceOf'] as const;

/** What the service says of one person, by operation: names and texts of the elements of a record. */
const RECORDS: Readonly<Record<string, (person: MarkedPerson, n: number) => Readonly<Record<string, string>>>> = {
  GetAssistanceRecords: ({ mark, year, count }, n) => ({
    kind: '01',
    kindName: `${mark}低保`,
    amount: `${count}.00`,
    payment: '1',
    beginDate: `${year}010${1 + n}`,
    endDate: `${year}-02-01`,
    office: `${mark}民政办`,
  }),
  GetChildWelfareRecords: ({ mark, year }, n) => ({
    category: 'A',
    categoryName: `${mark}类`,
    guardianName: `${mark}大山`,
    guardianRelation: `${mark}祖父`,
    childDirector: `${mark}主任`,
    committee: `${mark}居委会`,
    beginDate: `${year}-03-0${1 + n}`,
    endDate: `${year}-04-01`,
  }),
  GetElderlyCareRecords: ({ mark, year }, n) => ({
    abilityLevel: '2',
    assessDate: `${year}-05-01`,
    service: '10',
    serviceName: `${mark}上门`,
    provider: `${mark}养老院`,
    beginDate: `${year}年6月${1 + n}日`,
    endDate: `${year}-07-01`,
  }),
  GetFamilyGuidanceRecords: ({ mark, year, count }, n) => ({
    kind: 'HQ',
    kindName: `${mark}辅导`,
    openDate: `${year}-08-0${1 + n}`,
    lastDate: `${year}-09`,
    sessions: String(count),
    status: '1',
    station: `${mark}站`,
    talkSummary: `${mark}谈话`,
  }),
};

const leaves = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([name, text]) => leaf(name, text));

const registered = (personNo: string, { mark, year, idNumber }: MarkedPerson) =>
  leaves({ personNo, name: `${mark}某`, idNumber, sex: '2', birthDate: `${year}-01-01`, division: '110101' });

function answer({ body }: { body: string }): XmlNode {
  const operation = /<(?:\w+:)?(\w+) xmlns="urn:civil-affairs/.exec(body)?.[1] ?? 'Ping';
  const asked = [...body.matchAll(/<personNo>([^<]*)</g)].map(([, id]) => id);
  return node(
    's:Envelope',
    [node('s:Body', [node(`${operation}Response`, contentOf(operation, asked), { xmlns: NAMESPACE })])],
    {
      'xmlns:s': SOAP,
    },
  );
}

function contentOf(operation: string, asked: readonly (string | undefined)[]): readonly XmlNode[] {
  const record = RECORDS[operation];
  if (record !== undefined) {
    const persons = asked.map((personNo = '') => {
      const who = IDS.indexOf(personNo);
      const person = who === NOT_KNOWN ? undefined : PEOPLE[who];
      const records = person === undefined ? [] : [0, 1].map((n) => node('record', leaves(record(person, n))));
      return node('person', [leaf('personNo', personNo), leaf('found', String(person !== undefined)), ...records]);
    });
    return [leaf('dataTime', '2026-11-20T06:00:00+08:00'), ...persons];
  }
  if (operation !== 'ListRegister') return [leaf('serverTime', '2026-11-20T06:00:00+08:00')];
  const lines = PEOPLE.flatMap((person, who) =>
    who === NOT_KNOWN ? [] : [node('person', registered(IDS[who] ?? '', person))],
  );
  return [...lines, leaf('nextPageToken', '')];
}

export const civilAffairs: HostileDepartment = {
  slug: 'civil-affairs',
  reads: READS,
  ids: IDS,
  kinds: kindsOf(SPOILS),
  mostBytes: 16_000_000,
  async open(_question, spoils, witness) {
    const service = {
      baseUrl: HOST,
      contentType: 'text/xml; charset=utf-8',
      answer,
      treeSpoils: SPOILS,
      write: writeXml,
    };
    const source = soapCivilAffairsSource(
      {
        CIVIL_AFFAIRS_URL: `${HOST}/care`,
        CIVIL_AFFAIRS_USER: 'hub',
        CIVIL_AFFAIRS_PASSWORD: 'secret',
        CIVIL_AFFAIRS_TIMEOUT_MS: 20_000,
      },
      { fetch: hostileFetch(service, { spoils, witness }), log: witness.log },
    );
    return { source, reads: readsOf(source, READS) };
  },
};
