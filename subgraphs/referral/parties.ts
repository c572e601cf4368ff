import type { Caller } from '../shared/caller.ts';
import type { StoredOrganisation } from '../directory/organisation.ts';
import { mayReceive } from '../directory/organisation-kinds.ts';
import { services } from '../directory/service.ts';
import { KIND_RULES, REPORT_DEPARTMENTS } from './kind-rules.ts';
import { actsFor, type Party } from './party.ts';
import type { ReferralKind } from './codes.ts';
import type { ReferralContext } from './referral-context.ts';
import { type Refusal, refused } from './refusal.ts';

export interface Parties {
  readonly requester: Party;
  readonly target: Party;
  readonly requesterEntry: StoredOrganisation;
  readonly targetEntry: StoredOrganisation;
  readonly serviceId: string | null;
}

interface Wanted {
  readonly kind: ReferralKind;
  /** Organisation id; `null` = the token's own. */
  readonly requester: string | null;
  readonly target: { readonly organisation: string; readonly serviceId?: string | null | undefined };
}

type PartiesOrNot = Parties | { readonly refusal: Refusal };

/** Both sides of a new referral, as the directory knows them and the kind demands. */
export async function partiesOf(context: ReferralContext, { kind, requester, target }: Wanted): Promise<PartiesOrNot> {
  const { request, organisations, reads } = context;
  const own = requester ?? request.caller.organisation;
  const requesterEntry = own === null ? null : await organisations.load(own);
  if (requesterEntry === null || !mayAct(request.caller, requesterEntry)) return refused('NOT_FOUND', 'requester');
  const targetEntry = await organisations.load(target.organisation);
  if (targetEntry === null || targetEntry.data.retiredAt !== null || !mayReceive(targetEntry.data.kind))
    return refused('UNKNOWN_TARGET', 'target', 'organisation');
  if (targetEntry.id === requesterEntry.id) return refused('OWN_TARGET', 'target', 'organisation');
  const serviceId = target.serviceId ?? null;
  if (serviceId !== null) {
    const service = await reads.store.load(services, serviceId);
    const offered = service?.data.organisation === targetEntry.id && service.data.status === 'ACTIVE';
    if (!offered || service.data.retiredAt !== null) return refused('UNKNOWN_TARGET', 'target', 'serviceId');
  }
  if (!fits(kind, requesterEntry, targetEntry)) return refused('PARTIES_DO_NOT_FIT', 'target');
  return {
    requester: partyOf(requesterEntry),
    target: partyOf(targetEntry),
    requesterEntry,
    targetEntry,
    serviceId,
  };
}

function mayAct(caller: Caller, entry: StoredOrganisation): boolean {
  return entry.data.retiredAt === null && actsFor(caller, partyOf(entry));
}

function fits(kind: ReferralKind, requester: StoredOrganisation, target: StoredOrganisation): boolean {
  const { requesterKinds, targetKinds } = KIND_RULES[kind];
  if (requesterKinds?.includes(requester.data.kind) === false) return false;
  if (targetKinds?.includes(target.data.kind) === false) return false;
  if (kind !== 'MANDATORY_REPORT' || target.data.kind === 'POLICE') return true;
  return target.data.department !== null && REPORT_DEPARTMENTS.includes(target.data.department);
}

/** An organisation as a party. */
export const partyOf = ({ id, data: { department, division } }: StoredOrganisation): Party => ({
  department,
  organisation: id,
  division,
});
