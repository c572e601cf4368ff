import DataLoader from 'dataloader';
import type { HubRequest } from '../shared/hub-request.ts';
import { type AskedPersons, askedPersons } from './asked-persons.ts';
import type { PersonServices } from './person-outcome.ts';
import { type PersonReads, type VisiblePerson, visiblePersons } from './visible-persons.ts';

/** What every resolver of the person subgraph gets. */
export interface PersonContext {
  readonly request: HubRequest;
  readonly reads: PersonReads;
  readonly services: PersonServices;
  /** Persons by id, decided in one batch a request; `null` = not there, or no basis. */
  readonly persons: DataLoader<string, VisiblePerson | null>;
  /** Whom the request has asked for by hub id, local id or ID number: all aliases and fields together. */
  readonly asked: AskedPersons;
}

export function personContext(
  request: HubRequest,
  { reads, services }: Pick<PersonContext, 'reads' | 'services'>,
): PersonContext {
  return {
    request,
    reads,
    services,
    asked: askedPersons(),
    persons: new DataLoader((ids) => visiblePersons(reads, request, ids)),
  };
}
