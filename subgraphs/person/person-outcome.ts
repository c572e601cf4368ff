import type { Changing } from '../../adapters/audit/port.ts';
import type { Store } from '../../adapters/store/port.ts';
import type { Vault } from '../../adapters/vault/port.ts';
import type { Caller, PurposeOfUse } from '../shared/caller.ts';
import type { IdNumberHash } from './id-number-hash.ts';
import { PURPOSE_BASES } from './access/purpose-bases.ts';
import type { StoredPerson } from './person.ts';

/** A failure that the caller can mend; never an exception. `NOT_FOUND` = not there, or no basis: the two look alike. */
export interface Refusal {
  readonly code:
    | 'INVALID'
    | 'NOT_FOUND'
    | 'LINK_CONFLICT'
    | 'KEY_REUSED'
    | 'NO_STANDING'
    | 'AGREEMENT_MISSING'
    | 'SEPARATE_CONSENT_MISSING'
    | 'UNKNOWN_CATEGORY'
    | 'INVALID_PERIOD'
    | 'OWN_REVIEW'
    | 'ALREADY_DECIDED';
  /** The input field at fault. */
  readonly path: readonly string[];
}

export type PersonOutcome =
  | { readonly person: StoredPerson; readonly created: boolean; readonly refusal: null }
  | { readonly person: null; readonly refusal: Refusal };

export const refused = (code: Refusal['code'], ...path: string[]): { person: null; refusal: Refusal } => ({
  person: null,
  refusal: { code, path },
});

/** What every change needs: its audit record says who made it. */
export interface ChangeServices {
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly by: Changing;
}

/** What the changes of the person subgraph work with. */
export interface PersonServices extends ChangeServices {
  readonly idNumberHash: IdNumberHash;
  readonly newId: () => string;
  readonly vault: Vault;
}

export interface Acting {
  readonly caller: Caller;
  readonly purpose: PurposeOfUse;
}

/** The department and jurisdiction for which the caller may change the crosswalk; `null` = none. */
export function actingDepartment({ caller, purpose }: Acting): { department: string; division: string } | null {
  const { department, division, purposes } = caller;
  const serves = purposes.includes(purpose) && PURPOSE_BASES[purpose].includes('OWN_RECORD');
  return department !== null && division !== null && serves ? { department, division } : null;
}
