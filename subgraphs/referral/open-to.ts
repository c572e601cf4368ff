import { SHARED_AFTER_THE_END_MS } from '../person/access/shared-facts.ts';
import type { AccessReads } from '../person/access-reads.ts';
import type { Person } from '../person/person.ts';
import type { AccessBasis } from '../shared/grant.ts';
import { basisStands } from './basis.ts';
import type { Role } from './codes.ts';
import type { Referral } from './referral.ts';

/**
 * Is what the referral says about the person open to these sides now? To who wrote it, always; to the target as long as
 * it shares or may come to: until seven days after its end, at once no more when it broke off or its basis ended (domain,
 * section 4). What remains is that there was one, how it stands and when.
 */
export async function isOpenTo(
  roles: readonly Role[],
  data: Pick<Referral, 'basis' | 'basisEndedAt' | 'endedAt' | 'finishedAt'>,
  { person, reads }: { readonly person: Pick<Person, 'consents'>; readonly reads: Pick<AccessReads, 'store' | 'now'> },
): Promise<boolean> {
  if (!roles.every((one) => one === 'TARGET')) return true;
  const { endedAt, finishedAt } = data;
  const over = finishedAt !== null && reads.now() >= Date.parse(finishedAt) + SHARED_AFTER_THE_END_MS;
  return endedAt === null && !over && basisStands(reads, data, person);
}

/** On what a side reads a referral, as the audit record says it. */
export function standingOf(
  roles: readonly Role[],
  { id, kind }: { readonly id: string; readonly kind: Referral['kind'] },
): { readonly basis: AccessBasis; readonly ground: string } {
  const report = kind === 'MANDATORY_REPORT';
  const ground = `${report ? 'report' : 'referral'}:${id}`;
  if (roles.includes('PERSON')) return { basis: 'SELF', ground };
  if (roles.includes('REQUESTER')) return { basis: 'OWN_RECORD', ground };
  return { basis: report ? 'MANDATORY_REPORT' : 'REFERRAL', ground };
}
