import { type AuditRecord, auditTerm } from './port.ts';

/** What a record is found by in the store, and when. */
export function auditTerms(record: AuditRecord): { readonly terms: readonly string[]; readonly at: number } {
  return { terms: [auditTerm.all, ...termsOf(record)], at: Date.parse(record.at) };
}

function termsOf(record: AuditRecord): readonly string[] {
  switch (record.kind) {
    case 'REQUEST': {
      const { id, actor, persons, trace } = record;
      return [
        auditTerm.request(id),
        auditTerm.client(actor.client),
        auditTerm.subject(actor.subject),
        ...(trace === null ? [] : [auditTerm.trace(trace)]),
        ...persons.flatMap((person) => (person.id === null ? [] : [auditTerm.person(person.id)])),
        ...persons.flatMap(({ shown }) => Object.values(shown).map(({ basis }) => auditTerm.basis(basis))),
      ];
    }
    case 'WITHHELD':
      return [auditTerm.request(record.request), ...record.persons.map(auditTerm.person)];
    case 'CHANGE': {
      const { request, actor, personId } = record;
      return [
        ...(request === null ? [] : [auditTerm.request(request)]),
        ...(actor === null ? [] : [auditTerm.client(actor.client), auditTerm.subject(actor.subject)]),
        ...(personId === null ? [] : [auditTerm.person(personId)]),
      ];
    }
    case 'RETIRED':
      return [];
  }
}
