import type { AuditRecord } from '../port.ts';

export interface Search {
  readonly person: string | null;
  readonly client: string | null;
  readonly subject: string | null;
  readonly trace: string | null;
}

/** Does a record name all that is looked for? */
export function matches(record: AuditRecord, { person, client, subject, trace }: Search): boolean {
  const actor = 'actor' in record ? record.actor : null;
  return (
    (person === null || personsOf(record).includes(person)) &&
    (client === null || actor?.client === client) &&
    (subject === null || actor?.subject === subject) &&
    (trace === null || (record.kind === 'REQUEST' && record.trace === trace))
  );
}

function personsOf(record: AuditRecord): readonly (string | null)[] {
  switch (record.kind) {
    case 'REQUEST':
      return record.persons.map(({ id }) => id);
    case 'WITHHELD':
      return record.persons;
    case 'CHANGE':
      return [record.personId];
    case 'RETIRED':
      return [];
  }
}
