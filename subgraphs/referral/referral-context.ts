import DataLoader from 'dataloader';
import type { Changing } from '../../adapters/audit/port.ts';
import type { WorkingDays } from '../../adapters/calendar/port.ts';
import type { Vault } from '../../adapters/vault/port.ts';
import type { WebhookSender } from '../../adapters/webhooks/port.ts';
import type { AccessReads } from '../person/access-reads.ts';
import type { IdNumberHash } from '../person/id-number-hash.ts';
import { type MadeDecisions, madeDecisions } from '../person/made-decisions.ts';
import { persons, type StoredPerson } from '../person/person.ts';
import type { RateLimit } from '../person/rate-limit.ts';
import { visiblePersons, type VisiblePerson } from '../person/visible-persons.ts';
import { organisations, type StoredOrganisation } from '../directory/organisation.ts';
import { changingOf } from '../shared/changing-of.ts';
import type { HubRequest } from '../shared/hub-request.ts';
import { referrals, type StoredReferral } from './referral.ts';

/** What the referral subgraph works with, whoever asks. */
export interface ReferralServices {
  readonly reads: AccessReads;
  readonly vault: Vault;
  readonly calendar: WorkingDays;
  readonly sender: WebhookSender;
  /** How an ID number is looked for, and how often a client may. */
  readonly idNumbers: { readonly hash: IdNumberHash; readonly mayTry: RateLimit };
  readonly newId: () => string;
  /** Something was saved that others are to be told of. */
  readonly changed: () => void;
}

/** What every resolver of the referral subgraph gets; its loaders live as long as the request. */
export interface ReferralContext extends ReferralServices {
  readonly request: HubRequest;
  readonly by: Changing;
  readonly decisions: MadeDecisions;
  /** Persons as the caller may see them; `null` = not there, or no basis. */
  readonly visible: DataLoader<string, VisiblePerson | null>;
  /** Persons as they are, for what the hub itself must know of a referral's person. */
  readonly persons: DataLoader<string, StoredPerson | null>;
  readonly referrals: DataLoader<string, StoredReferral | null>;
  readonly organisations: DataLoader<string, StoredOrganisation | null>;
}

export function referralContext(request: HubRequest, services: ReferralServices): ReferralContext {
  const { reads } = services;
  const { store } = reads;
  const decisions = madeDecisions();
  const deciding = { ...request, note: decisions.note };
  return {
    ...services,
    request,
    by: changingOf(request),
    decisions,
    visible: new DataLoader((ids) => visiblePersons(reads, deciding, ids)),
    persons: new DataLoader((ids) => store.loadMany(persons, ids)),
    referrals: new DataLoader((ids) => store.loadMany(referrals, ids)),
    organisations: new DataLoader((ids) => store.loadMany(organisations, ids)),
  };
}
