/** What can be wrong with a FHIR searchset. */
import { HEALTH_BASE, HEALTH_IDS, patientOf } from './health-resources.ts';
import { HOSTILE_TEXTS, raw } from './hostile-values.ts';
import { listIn, objectIn } from './list-spoils.ts';
import { PEOPLE } from './people.ts';
import { retoldTree } from './retold.ts';
import { pick, type Spoil, type Spoils } from './spoil.ts';

/** References that name nobody on this server, with the id of somebody who may have been asked for. */
const NOT_HERE: readonly ((id: string) => unknown)[] = [
  (id) => `http://elsewhere.test/fhir/R4/Patient/${id}`,
  (id) => `https://health.test/fhir/R4/Patient/${id}`,
  (id) => `//health.test/fhir/R4/Patient/${id}`,
  (id) => `${HEALTH_BASE}x/Patient/${id}`,
  (id) => `${HEALTH_BASE}/../Patient/${id}`,
  (id) => `/fhir/R4/Patient/${id}`,
  (id) => `Patient/${id}/x`,
  (id) => `Patient/${id}/_history/1/2`,
  (id) => `Patient/x/${id}`,
  (id) => `Patient//${id}`,
  (id) => `Practitioner/${id}`,
  (id) => `Group/${id}`,
  (id) => `RelatedPerson/${id}`,
  (id) => `patient/${id}`,
  (id) => `Patient?identifier=${id}`,
  (id) => `Patient/${id},x`,
  (id) => `Patient/${id}$x`,
  (id) => `#${id}`,
  (id) => `urn:uuid:${id}`,
  (id) => id,
  () => 'Patient/',
  (id) => [`Patient/${id}`],
  (id) => ({ reference: `Patient/${id}` }),
];
const NEXTS: readonly ((call: number) => unknown)[] = [
  () => 'http://elsewhere.test/fhir/R4/Patient?page=2',
  () => 'http://health.test:81/fhir/R4/Patient?page=2',
  () => 'https://health.test/fhir/R4/Patient?page=2',
  () => 'http://user:secret@health.test/fhir/R4/Patient',
  () => 'http://health.test/admin',
  () => `${HEALTH_BASE}/../../admin`,
  () => `${HEALTH_BASE}/%2e%2e/%2e%2e/admin`,
  () => `${HEALTH_BASE}/..%2f..%2fadmin`,
  () => 'file:///etc/passwd',
  () => 'javascript:alert(1)',
  () => 'data:application/fhir+json,{}',
  () => '//elsewhere.test/',
  () => '\\\\elsewhere.test\\x',
  () => `${HEALTH_BASE}/Patient?page=1`,
  () => `${HEALTH_BASE}/Patient?page=1#again`,
  (call) => `${HEALTH_BASE}/Patient?page=1&n=${call}`,
  (call) => `${HEALTH_BASE}/Patient?page=1&n=${call % 3}`,
  () => `${HEALTH_BASE}/Patient?x=${'y'.repeat(20_000)}`,
];
const TYPES = [
  'Patient',
  'Bundle',
  'OperationOutcome',
  'Medication',
  'Condition',
  'Observation',
  'Encounter',
  '__proto__',
];
const ISSUES = ['processing', 'exception', 'throttled', 'not-found', '__proto__', 7];

const onResource = (change: (resource: Record<string, unknown>, spoil: Spoil, entries: unknown[]) => void) =>
  onEntries((entries, spoil) => {
    const resource = objectIn(objectIn(pick(entries, spoil.where))?.resource);
    if (resource !== null) change(resource, spoil, entries);
  });

function onEntries(change: (entries: unknown[], spoil: Spoil, call: number) => void) {
  return (bundle: unknown, spoil: Spoil, call: number): unknown => {
    change(listIn(objectIn(bundle)?.entry), spoil, call);
    return bundle;
  };
}

/** The resource as it would be of somebody else, with every id that it has. */
const ofAnother = (resource: unknown, to: number): unknown => retoldTree(resource, { to, ids: HEALTH_IDS });

const subjectOf = (resource: Record<string, unknown>) => objectIn(resource.subject) ?? objectIn(resource.patient);

export const BUNDLE_SPOILS: Spoils<unknown> = {
  'a resource of somebody else': onResource((resource, { how }, entries) => {
    entries.splice(how % (entries.length + 1), 0, { resource: ofAnother(resource, how % PEOPLE.length) });
  }),
  'a resource of nobody on this server': onResource((resource, { where, how }, entries) => {
    const copy = objectIn(ofAnother(resource, (how + where) % PEOPLE.length));
    const subject = copy && subjectOf(copy);
    if (subject) subject.reference = pick(NOT_HERE, how)?.(HEALTH_IDS[where % HEALTH_IDS.length] ?? '');
    entries.push({ resource: copy });
  }),
  'one id for two persons’ resources': onResource((resource, { how }, entries) => {
    // The copy says that it is the same resource, and of this person; what it tells is another's.
    const subject = subjectOf(resource);
    const copy = objectIn(ofAnother(resource, how % PEOPLE.length));
    if (copy === null || subject === null) return;
    copy.id = resource.id;
    entries.splice(how % 2 === 0 ? 0 : entries.length, 0, { resource: copy });
  }),
  'a reference to what is somebody else’s': onResource((resource, { how }, entries) => {
    const others = entries.flatMap<Record<string, unknown>>((entry) => objectIn(objectIn(entry)?.resource) ?? []);
    // A drug is nobody's: whose prescription names it is the department's word.
    const other = pick(
      others.filter(({ resourceType }) => resourceType !== 'Medication'),
      how,
    );
    const more = objectIn(ofAnother(resource, how % PEOPLE.length));
    if (more !== null)
      entries.push({
        resource: { ...more, resourceType: 'Condition', id: 'foreign', code: { text: pick(PEOPLE, how)?.mark } },
      });
    const target = how % 3 === 0 ? 'Condition/foreign' : `${String(other?.resourceType)}/${String(other?.id)}`;
    for (const key of ['medicationReference', 'recorder', 'requester', 'serviceProvider', 'managingOrganization'])
      if (objectIn(resource[key]) !== null) resource[key] = { reference: target };
  }),
  'somebody else is known': onEntries((entries, { where, how }) => {
    entries.splice(where % 3, 0, { resource: patientOf(how % PEOPLE.length), search: { mode: 'match' } });
  }),
  'a patient who is merged or has another id': onResource((resource, { where, how }) => {
    if (resource.resourceType !== 'Patient') return;
    const id = HEALTH_IDS[where % HEALTH_IDS.length] ?? '';
    if (how % 2 === 0) resource.link = [{ other: { reference: pick(NOT_HERE, how)?.(id) }, type: 'replaced-by' }];
    else resource.id = pick([...HOSTILE_TEXTS, null, 7, `${id},x`, `Patient/${id}`], how);
  }),
  'another type of resource': onResource((resource, { how }) => {
    resource.resourceType = pick(TYPES, how);
  }),
  'another way on': (bundle, { how }, call) => {
    const own = objectIn(bundle);
    const next = pick([...NEXTS, ...HOSTILE_TEXTS.map((text) => () => text)], how)?.(call);
    if (own !== null)
      own.link = [...listIn(own.link).slice(0, 1), { relation: 'next', url: next }, { relation: 'next', url: '' }];
    return bundle;
  },
  'a failure among the rows': onEntries((entries, { where, how }) => {
    // What passes is asked for again after a pause: one in four.
    const code = where % 4 === 0 ? pick(ISSUES, how) : 'processing';
    const severity = pick(['error', 'fatal', 'warning', 'information'], where);
    entries.push({ resource: { resourceType: 'OperationOutcome', issue: [{ severity, code, diagnostics: '鼋' }] } });
  }),
  'labels that are none': onResource((resource, { how }) => {
    resource.meta = pick(
      [{ security: 'NOPAT' }, { security: [{ code: 5 }] }, { security: [null] }, 7, { security: {} }],
      how,
    );
  }),
  'absurd intervals': onResource((resource, { how }) => {
    const period = pick([1e300, 1e-9, 1e21, 0.1 + 0.2, raw('1e999'), -1, '2', 123_456_789_012], how);
    const activity = [{ detail: { status: 'scheduled', scheduledTiming: { repeat: { period, periodUnit: 'wk' } } } }];
    if (resource.resourceType === 'CarePlan') resource.activity = activity;
  }),
};
