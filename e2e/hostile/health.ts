/** The health department's FHIR server, taken over. */
import { fhirHealthSource } from '../../adapters/health/fhir-health-source.ts';
import { BUNDLE_SPOILS } from './bundle-spoils.ts';
import { HEALTH_BASE, HEALTH_IDS, patientOf, resourcesOf } from './health-resources.ts';
import { type HostileDepartment, readsOf } from './hostile-department.ts';
import { hostileFetch, kindsOf } from './hostile-service.ts';
import { writeJson } from './hostile-values.ts';
import { NOT_KNOWN } from './people.ts';
import { TREE_SPOILS } from './spoil-tree.ts';

const READS = ['visitsOf', 'diagnosesOf', 'assessmentOf', 'followUpOf', 'medicationOf', 'rehabilitationOf'] as const;
const SPOILS = { ...TREE_SPOILS, ...BUNDLE_SPOILS };
/** Patients on a page of the register, and of a search. */
const PAGE_SIZE = 2;

function answer({ url }: { url: URL }): unknown {
  if (url.pathname.endsWith('/metadata')) return { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' };
  const page = Number(url.searchParams.get('page') ?? 0);
  const asked = url.searchParams.get('_id')?.split(',') ?? HEALTH_IDS;
  const type = url.searchParams.get('_revinclude')?.split(':')[0] ?? '';
  const known = HEALTH_IDS.flatMap((id, who) => (asked.includes(id) && who !== NOT_KNOWN ? [who] : []));
  const now = known.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    meta: { lastUpdated: '2026-11-20T06:00:00+08:00' },
    link: [
      { relation: 'self', url: url.href },
      ...((page + 1) * PAGE_SIZE < known.length ? [{ relation: 'next', url: next.href }] : []),
    ],
    entry: now.flatMap((who) => [
      { resource: patientOf(who), search: { mode: 'match' } },
      ...resourcesOf(type, who).map((resource) => ({ resource, search: { mode: 'include' } })),
    ]),
  };
}

export const health: HostileDepartment = {
  slug: 'health',
  reads: READS,
  ids: HEALTH_IDS,
  kinds: kindsOf(SPOILS),
  mostBytes: 16_000_000,
  async open(_question, spoils, witness) {
    const service = {
      baseUrl: HEALTH_BASE,
      contentType: 'application/fhir+json',
      answer,
      treeSpoils: SPOILS,
      write: writeJson,
    };
    const source = fhirHealthSource(
      { HEALTH_URL: HEALTH_BASE, HEALTH_TOKEN: 'token', HEALTH_TIMEOUT_MS: 20_000 },
      { fetch: hostileFetch(service, { spoils, witness }), log: witness.log },
    );
    return { source, reads: readsOf(source, READS) };
  },
};
