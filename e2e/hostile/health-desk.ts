/** The hospital's requests and tasks, taken over. */
import { fhirReferralDesk } from '../../adapters/health/fhir-referral-desk.ts';
import { REFERRAL_SYSTEM, VERSION_URL } from '../../adapters/health/referral-resources.ts';
import { BUNDLE_SPOILS } from './bundle-spoils.ts';
import { HEALTH_BASE } from './health-resources.ts';
import { type HostileDesk, REFERRAL_IDS, sentFault } from './hostile-desk.ts';
import { hostileFetch, kindsOf } from './hostile-service.ts';
import { HOSTILE_TEXTS, writeJson } from './hostile-values.ts';
import { listIn, objectIn } from './list-spoils.ts';
import { NOT_KNOWN, PEOPLE } from './people.ts';
import { retoldTree } from './retold.ts';
import { pick, type Spoils } from './spoil.ts';
import { TREE_SPOILS } from './spoil-tree.ts';

/** Ids that would lead elsewhere as part of an address, and versions that are none. */
const IDS = ['../../admin', 'a/b', '..', '.', '%2e%2e', 'x?y=z', 'x#y', 'http://elsewhere.test/x', ...HOSTILE_TEXTS];
const DESK_SPOILS: Spoils<unknown> = {
  'another id': onResource((resource, { how }) => {
    resource.id = pick(IDS, how);
  }),
  'another version or time': onResource((resource, { where, how }) => {
    const meta = objectIn(resource.meta);
    const key = where % 2 === 0 ? 'versionId' : 'lastUpdated';
    if (meta !== null)
      meta[key] = pick(['"', '1"\r\nx: y', '9999-12-31T23:59:59Z', '', 7, null, ...HOSTILE_TEXTS], how);
  }),
  'a task of another referral': onResource((resource, { how }, entries) => {
    entries.push({ resource: retoldTree(resource, { to: how % PEOPLE.length, ids: REFERRAL_IDS }) });
  }),
  'several identifiers': onResource((resource, { where, how }) => {
    const value = pick(REFERRAL_IDS, how);
    const one = { system: where % 2 === 0 ? REFERRAL_SYSTEM : pick(HOSTILE_TEXTS, where), value };
    resource.identifier =
      where % 3 === 0 ? [one, ...listIn(resource.identifier)] : [...listIn(resource.identifier), one];
    // Whose it says first is whose it is: what it says must be of that one too.
    if (where % 3 === 0 && where % 2 === 0)
      Object.assign(resource, retoldTree(resource, { to: how % PEOPLE.length, ids: REFERRAL_IDS }));
  }),
};
/** Of what can be wrong with any searchset what is not about patients. */
const OF_BUNDLES = new Set(['another way on', 'a failure among the rows', 'another type of resource']);
const bundleSpoils = Object.fromEntries(Object.entries(BUNDLE_SPOILS).filter(([kind]) => OF_BUNDLES.has(kind)));
const SPOILS = { ...TREE_SPOILS, ...bundleSpoils, ...DESK_SPOILS, ...again(DESK_SPOILS) };

const STATUSES = ['accepted', 'rejected', 'in-progress', 'on-hold', 'completed', 'failed'];
const stored = (id: string, who: number) => ({
  id,
  meta: { versionId: String(1 + who), lastUpdated: `2026-11-20T0${who}:00:00.000Z` },
  identifier: [{ system: REFERRAL_SYSTEM, value: REFERRAL_IDS[who] }],
});
const task = (who: number) => ({
  resourceType: 'Task',
  ...stored(`t-${who}`, who),
  status: STATUSES[who],
  statusReason: { coding: [{ code: 'full' }], text: `${PEOPLE[who]?.mark ?? ''}原因` },
  output: [
    { type: { coding: [{ code: 'outcome' }] }, valueCodeableConcept: { coding: [{ code: 'served' }] } },
    { type: { coding: [{ code: 'advice' }] }, valueString: `${PEOPLE[who]?.mark ?? ''}建议` },
  ],
});
const request = (who: number, version: number) => ({
  resourceType: 'ServiceRequest',
  ...stored(`s-${who}`, who),
  extension: [{ url: VERSION_URL, valueInteger: version }],
});

/** A server that keeps which version it was told, for one attack. */
function server() {
  // Of the first an older one, of the third the same, of the fifth a newer one; of the others none.
  const versions = new Map([
    [0, 1],
    [2, 2],
    [4, 9],
  ]);
  return ({ url, method, body }: { url: URL; method: string; body: string }): unknown => {
    const type = url.pathname.slice(new URL(HEALTH_BASE).pathname.length).split('/')[1];
    if (method !== 'GET') {
      const who = REFERRAL_IDS.findIndex((id) => body.includes(id));
      if (type === 'ServiceRequest') versions.set(who, 2);
      return type === 'Task' ? task(who) : request(who, 2);
    }
    const asked = url.searchParams.get('identifier') ?? '';
    const known = PEOPLE.flatMap((_, who) => {
      const isAsked = asked === `${REFERRAL_SYSTEM}|` || asked.includes(REFERRAL_IDS[who] ?? '?');
      return isAsked && who !== NOT_KNOWN ? [who] : [];
    });
    const resources =
      type === 'Task'
        ? known.map(task)
        : known.flatMap((who) => (versions.has(who) ? [request(who, versions.get(who) ?? 1)] : []));
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      link: [{ relation: 'self', url: url.href }],
      entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
    };
  };
}

export const healthDesk: HostileDesk = {
  slug: 'health',
  kinds: kindsOf(SPOILS),
  mostBytes: 160_000_000,
  open: (spoils, witness) => {
    const service = {
      baseUrl: HEALTH_BASE,
      contentType: 'application/fhir+json',
      answer: server(),
      faultOf: sentFault,
      treeSpoils: SPOILS,
      write: writeJson,
    };
    return fhirReferralDesk(
      { HEALTH_URL: HEALTH_BASE, HEALTH_TOKEN: 'token', HEALTH_TIMEOUT_MS: 20_000 },
      { fetch: hostileFetch(service, { spoils, witness }), log: witness.log },
    );
  },
};

type Change = (
  resource: Record<string, unknown>,
  spoil: { readonly where: number; readonly how: number },
  entries: unknown[],
) => void;

function onResource(change: Change) {
  return (tree: unknown, spoil: { readonly where: number; readonly how: number }): unknown => {
    const entries = listIn(objectIn(tree)?.entry);
    const resource = objectIn(objectIn(pick(entries, spoil.where))?.resource);
    if (resource !== null) change(resource, spoil, entries);
    return tree;
  };
}

/** Under other names, so that they come as often as what any bundle can have. */
function again(spoils: Spoils<unknown>): Spoils<unknown> {
  return Object.fromEntries(Object.entries(spoils).map(([kind, spoil]) => [`${kind} again`, spoil]));
}
