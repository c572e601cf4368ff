/** Made-up audit records for the tests of this folder. */
import type { AuditedPerson, RequestRecord } from '../../adapters/audit/port.ts';

export const audited = (changes: Partial<AuditedPerson> = {}): AuditedPerson => ({
  id: 'person-1',
  by: 'id',
  visible: true,
  shown: { 'health:visits': { basis: 'CONSENT', ground: 'consent:1' } },
  coordinates: 0,
  crossesJurisdiction: false,
  nameMatch: null,
  ...changes,
});

export const requestRecord = (changes: Partial<RequestRecord> = {}): RequestRecord => ({
  kind: 'REQUEST',
  id: 'request-1',
  at: '2026-03-02T02:00:00.000Z',
  trace: null,
  actor: {
    subject: 'worker-1',
    client: 'health-system',
    organisation: 'district-hospital',
    department: 'HEALTH',
    division: '990101',
    personId: null,
  },
  purpose: 'CARE',
  operation: { type: 'query', name: 'CareProfile', hash: 'abc' },
  outcome: 'ANSWERED',
  codes: [],
  forbidden: [],
  coordinates: [['HealthFacet.visits', 'Person.maskedName']],
  others: [],
  persons: [audited()],
  spooledAt: null,
  ...changes,
});
