/** The audit subgraph over a store in memory. Test support. */
import { auditTerms } from '../../adapters/audit/audit-terms.ts';
import type { AuditRecord } from '../../adapters/audit/port.ts';
import { openSqliteStore } from '../../adapters/store/sqlite/sqlite-store.ts';
import { type Person, persons } from '../person/person.ts';
import type { Caller } from '../shared/caller.ts';
import type { MadeDecision } from '../shared/decisions.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { auditSubgraph } from './audit-subgraph.ts';

/** An auditor of district 990101. */
export const auditor = (purpose: HubRequest['purpose'] = 'AUDIT', caller: Partial<Caller> = {}): HubRequest => ({
  requestId: 'r',
  purpose,
  signal: new AbortController().signal,
  caller: {
    subject: 'auditor-1',
    client: 'auditor',
    organisation: 'data-protection-office',
    department: null,
    division: '990101',
    roles: ['auditor'],
    scopes: ['audit:read'],
    purposes: ['AUDIT'],
    personId: null,
    ...caller,
  },
});

/** The audit subgraph over these records, of one chain, and these people. */
export async function subgraphOver(records: readonly AuditRecord[], people: Readonly<Record<string, Person>> = {}) {
  const store = openSqliteStore({ file: ':memory:' });
  const entries = records.map((record, i) => ({
    id: record.id,
    data: { sequence: i + 1, previous: '', record, hash: `hash-${i + 1}` } as never,
    ...auditTerms(record),
  }));
  await store.append('audit:hub', entries, { after: 0 });
  for (const [id, data] of Object.entries(people)) await store.save(persons, { id, data, expectedVersion: 0 });
  const subgraph = auditSubgraph({ store: () => store });
  return async (query: string, variables = {}, asking = auditor()) => {
    const { data, errors, extensions } = await subgraph.execute({ query, variables }, asking);
    return {
      data: JSON.parse(JSON.stringify(data ?? null)),
      errors: errors ?? [],
      decisions: (extensions?.decisions ?? []) as readonly MadeDecision[],
    };
  };
}
