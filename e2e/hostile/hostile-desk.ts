import type { DeskReferral, ReferralDesk } from '../../adapters/shared/referral-desk.ts';
import { PEOPLE } from './people.ts';
import type { Spoil } from './spoil.ts';
import type { Witness } from './witness.ts';

/** A real adapter of a desk before a department that answers as it likes. */
export interface HostileDesk {
  readonly slug: string;
  readonly kinds: readonly string[];
  /** Bytes that one question may take at most. */
  readonly mostBytes: number;
  open(spoils: readonly Spoil[], witness: Witness): ReferralDesk;
}

/** By place in `PEOPLE`, as the hub makes them. The department has all but `NOT_KNOWN`. */
export const REFERRAL_IDS: readonly string[] = PEOPLE.map((_, who) => `0mi9w3k2s-${'abcdef'.charAt(who).repeat(8)}`);
/** No department says them: where one stands in a request, it is the hub's doing. */
const LOCAL_IDS: readonly string[] = PEOPLE.map((_, who) => `loc-${who}`);

/** As it is handed over, in a newer version than the department has of the first. */
export function delivered(who: number): DeskReferral {
  return {
    id: REFERRAL_IDS[who] ?? '',
    version: 2,
    // What is over is taken back, by which a Task is written that the department told of.
    state: who === 2 ? 'CANCELLED' : 'ACCEPTED',
    kind: 'SERVICE',
    priority: 'ROUTINE',
    reasonCode: 'MOOD',
    ageBand: 'FROM_14_TO_17',
    division: '390106001001',
    organisation: 'bureau',
    serviceId: null,
    createdAt: '2026-11-20T01:02:03.004Z',
    localIds: [LOCAL_IDS[who] ?? ''],
  };
}

/** Who is whose: a local id goes out with its own referral, and with no other. */
export function sentFault({ body }: { readonly body: string }): string | null {
  const named = LOCAL_IDS.flatMap((id, who) => (body.includes(id) ? [who] : []));
  const strange = named.find((who) => !body.includes(REFERRAL_IDS[who] ?? '') || named.length > 1);
  return strange === undefined ? null : `it sent ${LOCAL_IDS[strange]} in ${body}`;
}
