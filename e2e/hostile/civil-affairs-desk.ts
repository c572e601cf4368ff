/** The civil-affairs bureau's desk for referrals, taken over. */
import { soapReferralDesk } from '../../adapters/civil-affairs/soap-referral-desk.ts';
import { envelopeSpoils } from './envelope-spoils.ts';
import { type HostileDesk, REFERRAL_IDS, sentFault } from './hostile-desk.ts';
import { hostileFetch, kindsOf } from './hostile-service.ts';
import { HOSTILE_TEXTS } from './hostile-values.ts';
import { NOT_KNOWN, PEOPLE } from './people.ts';
import { retold } from './retold.ts';
import { pick, type Spoil, type Spoils } from './spoil.ts';
import { leaf, node, nodesIn, writeXml, type XmlNode } from './xml-tree.ts';

const HOST = 'http://civil-affairs.test/ws';
const NAMESPACE = 'urn:civil-affairs:care:v1';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const FAULTS = ['DUPLICATE_MESSAGE', 'OLDER_VERSION', 'NOT_ACCEPTED', 'BAD_TOKEN', '__proto__', 'constructor', '鼋'];

const onEntry = (change: (entry: XmlNode, spoil: Spoil, among: XmlNode) => void) => (root: XmlNode, spoil: Spoil) => {
  const among = root.children[0]?.children[0];
  const entry = pick(among?.children.filter(({ name }) => name === 'entry') ?? [], spoil.where);
  if (entry !== undefined && among !== undefined) change(entry, spoil, among);
  return root;
};
const DESK_SPOILS: Spoils<XmlNode> = {
  'an entry of another referral': onEntry((entry, { where, how }, among) => {
    const mark = PEOPLE.find((one) => writeXml(entry).includes(one.mark))?.mark ?? '';
    const of = { to: how % PEOPLE.length, ids: REFERRAL_IDS };
    // The mark goes with each text, so that the one of whom all of it is told is known.
    const toldOf = (text: string) => retold(`${mark}\n${text}`, of).split('\n').slice(1).join('\n');
    const children = entry.children.map((one) => ({ ...one, text: toldOf(one.text ?? '') }));
    among.children.splice(where % (among.children.length + 1), 0, { ...entry, children });
  }),
  'an entry of no referral': onEntry((entry, { how }) => {
    const id = entry.children.find(({ name }) => name === 'referralId');
    if (id !== undefined) id.text = pick([`${id.text},x`, `${id.text}\u0000`, ...HOSTILE_TEXTS], how) ?? '';
  }),
  'another fault': (root, { how }) => {
    const detail = node('detail', [node('CareFault', [leaf('code', pick(FAULTS, how) ?? '')])]);
    const fault = node('s:Fault', [leaf('faultcode', 's:Client'), leaf('faultstring', '鼋'), detail]);
    if (root.children[0] !== undefined) root.children[0].children = [fault];
    return root;
  },
  'another token': (root, { where, how }) => {
    const name = where % 2 === 0 ? 'nextToken' : 'more';
    const own = nodesIn(root).find((one) => one.name === name);
    if (own !== undefined) own.text = pick(['T1', 'T2', 'true', '1', 'x'.repeat(600), ...HOSTILE_TEXTS], how) ?? '';
    return root;
  },
};
const SPOILS = { ...envelopeSpoils(REFERRAL_IDS), ...DESK_SPOILS };
const STATUSES = ['1', '2', '3', '4', '5', '6'];

const entry = (who: number) =>
  node('entry', [
    leaf('referralId', REFERRAL_IDS[who] ?? ''),
    leaf('version', String(1 + who)),
    leaf('status', STATUSES[who] ?? ''),
    ...(who === 1 ? [leaf('returnCode', 'YM')] : []),
    ...(who === 4 ? [leaf('resultCode', 'YFW')] : []),
    leaf('remark', `${PEOPLE[who]?.mark ?? ''}意见`),
  ]);

function contentOf(operation: string, body: string): readonly XmlNode[] {
  if (operation === 'SubmitReferral') return [leaf('receiptNo', 'MZ1')];
  const known = PEOPLE.flatMap((_, who) => (who === NOT_KNOWN ? [] : [who]));
  if (operation === 'GetReferrals') return known.filter((who) => body.includes(REFERRAL_IDS[who] ?? '?')).map(entry);
  const second = body.includes('>T3<');
  const now = second ? known.slice(3) : known.slice(0, 3);
  return [...now.map(entry), leaf('nextToken', second ? 'T5' : 'T3'), leaf('more', String(!second))];
}

function answer({ body }: { body: string }): XmlNode {
  const operation = /<(?:\w+:)?(\w+) xmlns="urn:civil-affairs/.exec(body)?.[1] ?? 'Ping';
  const response = node(`${operation}Response`, contentOf(operation, body), { xmlns: NAMESPACE });
  return node('s:Envelope', [node('s:Body', [response])], { 'xmlns:s': SOAP });
}

export const civilAffairsDesk: HostileDesk = {
  slug: 'civil-affairs',
  kinds: kindsOf(SPOILS),
  mostBytes: 48_000_000,
  open: (spoils, witness) => {
    const service = {
      baseUrl: HOST,
      contentType: 'text/xml; charset=utf-8',
      answer,
      faultOf: sentFault,
      treeSpoils: SPOILS,
      write: writeXml,
    };
    return soapReferralDesk(
      {
        CIVIL_AFFAIRS_URL: `${HOST}/care`,
        CIVIL_AFFAIRS_USER: 'hub',
        CIVIL_AFFAIRS_PASSWORD: 'secret',
        CIVIL_AFFAIRS_TIMEOUT_MS: 20_000,
      },
      { fetch: hostileFetch(service, { spoils, witness }), log: witness.log },
    );
  },
};
