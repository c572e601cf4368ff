import { moments } from '../../../adapters/shared/watched-work.ts';
import { changeEvent } from '../../../adapters/audit/port.ts';
import { type Store, StoreConflict, type StoreEvent } from '../../../adapters/store/port.ts';
import { walk } from '../../../adapters/store/walk.ts';
import { causeForLog } from '../../shared/cause-for-log.ts';
import type { Log } from '../../shared/log.ts';
import { referralChange } from '../changes/referral-change.ts';
import { CLOCK_RULES, type EscalationStep } from '../clock-rules.ts';
import type { Party } from '../party.ts';
import { type Referral, referrals, type StoredReferral } from '../referral.ts';
import type { ReferralClock } from './clock.ts';
import { escalated, escalationsDue } from './escalations-due.ts';

interface ClockJob {
  readonly store: Store;
  /** Of an organisation, from the directory; `null` where it names none. */
  readonly supervisorOf: (organisation: string) => Promise<Party | null>;
  /** Id of the leading group's office, in the directory and in the tokens of its people. */
  readonly office: string;
  readonly log: Log;
  readonly now: () => number;
}

/**
 * Tells of every clock that is overdue, once a step. All of it follows from the documents: a restart loses and repeats
 * nothing, and of several instances the one whose save is first does it.
 */
export async function runClocks(job: ClockJob): Promise<void> {
  const { store, log, now } = job;
  const upTo = { from: '', to: new Date(now() + 1).toISOString() };
  for await (const referral of walk(store, referrals, { index: 'byEscalation', ...upTo }))
    try {
      await escalate(referral, job);
    } catch (error) {
      // One that cannot be told of does not keep the others silent; it is tried again at the next run.
      if (!(error instanceof StoreConflict))
        log.error({ referral: referral.id, cause: causeForLog(error) }, 'an overdue referral could not be told of');
    }
}

async function escalate(
  { id, version, data }: StoredReferral,
  { store, supervisorOf, office, now }: ClockJob,
): Promise<void> {
  const at = now();
  const told = { id, version: version + 1, data, at: new Date(at).toISOString() };
  const due = data.clocks.map((clock) => ({ clock, steps: escalationsDue(clock, at) }));
  const late = due.filter(({ steps }) => steps.length > 0);
  if (late.length === 0) return;
  const notices = await Promise.all(
    late.map(async ({ clock, steps }) => {
      const owner = ownerOf(clock, data);
      const supervisor = await supervisorOf(owner.organisation);
      // The office reads what lies within its own division: that of who is late does, or it is not this office's.
      const officeParty = { department: null, organisation: office, division: owner.division };
      return steps.flatMap((step) => noticesOf(step, { ...told, clock, supervisor, office: officeParty }));
    }),
  );
  await store.save(referrals, {
    id,
    expectedVersion: version,
    data: {
      ...data,
      clocks: due.map(({ clock, steps }) => escalated(clock, steps, at)),
      history: [...data.history, ...late.flatMap(({ steps }) => steps.map(() => hubsMove(told)))],
    },
    events: notices.flat(),
  });
  if (moments.escalation.hasSubscribers)
    for (const { to } of late.flatMap(({ steps }) => steps)) moments.escalation.publish({ to });
}

interface Told extends StoredReferral {
  readonly at: string;
}

/** Who has to meet it. */
const ownerOf = ({ step }: ReferralClock, { requester, target }: Referral): Party =>
  CLOCK_RULES[step].side === 'REQUESTER' ? requester : target;

function hubsMove({ at, version, data: { state } }: Told): Referral['history'][number] {
  return { move: 'ESCALATE', at, version, state, role: null, organisation: null, subject: null };
}

interface Notice extends Told {
  readonly clock: ReferralClock;
  readonly supervisor: Party | null;
  readonly office: Party;
}

/** For the addressee and both sides, whose copy has a new version now. Named after clock and step, so that none comes twice. */
function noticesOf(
  { step, to }: EscalationStep,
  { id, version, data, clock, at, supervisor, office }: Notice,
): readonly StoreEvent[] {
  const name = `overdue:${id}:${clock.step}:${clock.startedAt}:${step}`;
  const { state, personId, requester, target } = data;
  // Where the directory names no supervisor, the office hears of it at once: nobody is not an addressee.
  const addressee = (to === 'SUPERVISOR' ? supervisor : null) ?? office;
  const parties = [addressee, requester, target];
  const by = { request: null, actor: null, purpose: null };
  return [
    referralChange(name, { referralId: id, kind: null, change: 'OVERDUE', step, state, version, at, parties }),
    changeEvent(`audit:${name}`, { change: 'REFERRAL_OVERDUE', personId, at, by }),
  ];
}
