import { z } from 'zod';
import { changeEvent } from '../../adapters/audit/port.ts';
import type { WorkingDays } from '../../adapters/calendar/port.ts';
import { type ClaimedEvent, type Store, StoreConflict } from '../../adapters/store/port.ts';
import { walk } from '../../adapters/store/walk.ts';
import { CONSENT_ENDED } from '../person/consent/consent-ended.ts';
import { emergencyAccesses } from '../person/emergency/emergency-access.ts';
import { EMERGENCY_CUT } from '../person/emergency/emergency-cut.ts';
import { persons } from '../person/person.ts';
import { referralChange } from './changes/referral-change.ts';
import { clocksAfter } from './clocks/clocks-after.ts';
import { TERMINAL } from './codes.ts';
import { type Referral, referrals, type StoredReferral } from './referral.ts';

const LEASE_MS = 30_000;
const BATCH = 50;
/** Longer than any request takes. */
const IN_FLIGHT_MS = 60_000;

const emergencyEnded = z.object({ emergencyId: z.string() });
const consentEnded = z.object({ consentId: z.string() });

interface BasisWatch {
  readonly store: Store;
  readonly now: () => number;
  readonly calendar: WorkingDays;
}

/**
 * Notes on each referral that its basis ended, so that both sides are asked to cancel or to name another. Sharing does
 * not wait for it: the access decision looks at the consent or the emergency itself.
 */
export async function watchBases(watch: BasisWatch): Promise<void> {
  const { store, now } = watch;
  const over = new Date(now() + 1).toISOString();
  for await (const referral of walk(store, referrals, { index: 'byBasisEnd', from: '', to: over }))
    await note(watch, referral, ({ basis: { until } }) => until !== null && until < over);
  await follow(store, CONSENT_ENDED, async (event) => noteConsent(watch, event));
  await follow(store, EMERGENCY_CUT, async (event) => noteEmergency(watch, event));
}

/** Each waiting event of the type; `false` leaves it for a later run. */
async function follow(store: Store, type: string, noted: (event: ClaimedEvent) => Promise<boolean>): Promise<void> {
  for (;;) {
    const events = await store.claim({ type, leaseMs: LEASE_MS, limit: BATCH });
    if (events.length === 0) return;
    const done = await Promise.all(events.map(async (event) => ((await noted(event)) ? [event] : [])));
    await store.settle(done.flat());
  }
}

/** False while somebody may still be about to save a referral on it, having looked before it ended: it is looked at again. */
async function noteConsent(watch: BasisWatch, { data, aggregateId }: ClaimedEvent): Promise<boolean> {
  const { store, now } = watch;
  const { consentId: value } = consentEnded.parse(data);
  const endedAt = (await store.load(persons, aggregateId))?.data.consents.find(({ id }) => id === value)?.withdrawnAt;
  for await (const referral of walk(store, referrals, { index: 'byConsent', value }))
    await note(watch, referral, ({ basis }) => basis.kind === 'CONSENT' && basis.consentId === value);
  return endedAt == null || now() - Date.parse(endedAt) >= IN_FLIGHT_MS;
}

/** As of a consent. */
async function noteEmergency(watch: BasisWatch, { data }: ClaimedEvent): Promise<boolean> {
  const { store, now } = watch;
  const { emergencyId } = emergencyEnded.parse(data);
  const access = await store.load(emergencyAccesses, emergencyId);
  if (access === null) return true;
  for await (const referral of walk(store, referrals, { index: 'byPerson', value: access.data.personId }))
    await note(watch, referral, ({ basis }) => basis.kind === 'EMERGENCY' && basis.emergencyId === emergencyId);
  return now() - Date.parse(access.data.to) >= IN_FLIGHT_MS;
}

/** Somebody who moves the referral at the same instant is first; it is looked at again, as it then is, until it is noted. */
async function note(
  { store, now, calendar }: BasisWatch,
  referral: StoredReferral,
  ended: (data: Referral) => boolean,
): Promise<void> {
  let found: StoredReferral | null = referral;
  while (found !== null && isToBeNoted(found.data) && ended(found.data)) {
    try {
      await save(store, found, { at: now(), calendar });
      return;
    } catch (error) {
      if (!(error instanceof StoreConflict)) throw error;
      found = await store.load(referrals, referral.id);
    }
  }
}

const isToBeNoted = ({ basisEndedAt, state }: Referral) => basisEndedAt === null && !TERMINAL.includes(state);

async function save(
  store: Store,
  { id, version, data }: StoredReferral,
  moment: Parameters<typeof clocksAfter>[2],
): Promise<void> {
  const at = new Date(moment.at).toISOString();
  const { personId, kind, state, requester, target } = data;
  const name = `basis-ended:${id}:${version}`;
  const by = { request: null, actor: null, purpose: null };
  const noted = { move: 'BASIS_ENDED', at, version: version + 1, state, role: null, organisation: null, subject: null };
  await store.save(referrals, {
    id,
    expectedVersion: version,
    data: {
      ...data,
      basisEndedAt: at,
      clocks: clocksAfter('BASIS_ENDED', data, moment),
      history: [...data.history, noted],
    },
    events: [
      referralChange(name, {
        referralId: id,
        kind,
        change: 'BASIS_ENDED',
        state,
        version: version + 1,
        at,
        parties: [requester, target],
      }),
      changeEvent(`audit:${name}`, { change: 'REFERRAL_BASIS_ENDED', personId, at, by }),
    ],
  });
}
