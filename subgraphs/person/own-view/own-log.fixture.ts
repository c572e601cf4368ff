/** A person subgraph with looks in its audit log, and the own view of them. Test support. */
import { auditTerms } from '../../../adapters/audit/audit-terms.ts';
import { requestRecord } from '../../../adapters/audit/audit.fixture.ts';
import type { AuditRecord, RequestRecord } from '../../../adapters/audit/port.ts';
import type { Department } from '../../../schema/departments.ts';
import type { SharedFacts } from '../access/shared-facts.ts';
import { own, trustHub } from '../trust.fixture.ts';

export const LOG = `query ($personId: ID, $first: NonNegativeInt, $after: String) {
  myAccessLog(personId: $personId, first: $first, after: $after) {
    edges { node { department organisation purpose categories bases answered text { zh en } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export async function hubWithLog(options: { sharedFacts?: SharedFacts } = {}) {
  const hub = await trustHub(options);
  let written = 0;
  async function write(...records: readonly AuditRecord[]) {
    const entries = records.map((record, i) => ({
      id: record.id,
      data: JSON.parse(JSON.stringify({ sequence: written + i + 1, previous: '', record, hash: 'h' })),
      ...auditTerms(record),
    }));
    await hub.store.append('audit:hub', entries, { after: written });
    written += records.length;
  }
  const log = async (as = own('ward'), variables: object = {}) => (await hub.ask(LOG, variables, as)).data.myAccessLog;
  return { ...hub, write, log };
}

const [shownPerson] = requestRecord().persons;

/** A look at the ward. */
export const looked = (id: string, changes: Partial<RequestRecord> = {}, person: object = {}): RequestRecord => {
  if (shownPerson === undefined) throw new Error('a person');
  return requestRecord({ id, persons: [{ ...shownPerson, id: 'ward', ...person }], ...changes });
};

export const seenBy = (department: Department) => ({
  ...requestRecord().actor,
  department: department.code,
  organisation: `unit-${department.slug}`,
});
