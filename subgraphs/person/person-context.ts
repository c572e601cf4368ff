import DataLoader from 'dataloader';
import type { EmergencySpool } from './emergency/emergency-spool.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { type AskedPersons, askedPersons } from './asked-persons.ts';
import { changingOf } from '../shared/changing-of.ts';
import type { PersonServices } from './person-outcome.ts';
import { type MadeDecisions, madeDecisions } from './made-decisions.ts';
import { type Deciding, type PersonReads, type VisiblePerson, type visiblePersons } from './visible-persons.ts';

/** What every resolver of the person subgraph gets. */
export interface PersonContext {
  readonly request: HubRequest;
  readonly reads: PersonReads;
  readonly services: PersonServices;
  readonly emergencySpool: EmergencySpool;
  /** Persons by id, decided in one batch a request; `null` = not there, or no basis. */
  readonly persons: DataLoader<string, VisiblePerson | null>;
  /** Whom the request has asked for by hub id, local id or ID number: all aliases and fields together. */
  readonly asked: AskedPersons;
  /** What was decided in this request, for its audit record. */
  readonly decisions: MadeDecisions;
  /** Who asks, noting each decision. */
  readonly deciding: Deciding;
}

export function personContext(
  request: HubRequest,
  {
    reads,
    visible,
    services,
    emergencySpool,
  }: {
    reads: PersonReads;
    visible: typeof visiblePersons;
    services: Omit<PersonServices, 'by'>;
    emergencySpool: EmergencySpool;
  },
): PersonContext {
  const decisions = madeDecisions();
  const deciding = { ...request, note: decisions.note };
  return {
    request,
    reads,
    services: { ...services, by: changingOf(request) },
    emergencySpool,
    decisions,
    deciding,
    asked: askedPersons(),
    persons: new DataLoader((ids) => visible(reads, deciding, ids)),
  };
}
