import type { HeldReferral } from '../../../adapters/shared/referral-desk.ts';
import { type ReferralState, STATES, TERMINAL } from '../codes.ts';
import { bringBackOne } from './bring-back.ts';
import { deliver, type DeskServices } from './bring-over.ts';
import { DESK_PURPOSES, type HubReferral } from './hub-referrals.ts';
import { pathOfMoves } from './path-of-moves.ts';

/**
 * `MISSING`: the department has no such referral. `OLDER_THERE`: it has not been told the newest. `ANSWERED_THERE`: it has
 * come further than the hub. `DIFFERS`: the two contradict each other. `TWICE_THERE`: it has more than one entry.
 */
const FINDINGS = ['MISSING', 'OLDER_THERE', 'ANSWERED_THERE', 'DIFFERS', 'TWICE_THERE'] as const;
type Finding = (typeof FINDINGS)[number];

export interface Reconciled {
  readonly referralId: string;
  readonly findings: readonly Finding[];
  readonly state: ReferralState;
  readonly version: number;
  readonly stateThere: string | null;
  readonly versionThere: number | null;
}

export interface ReconcileOptions {
  /** Delivers what is missing or older there, and brings back what is answered there, before it says what is left. */
  readonly repair?: boolean;
  /** Each one that is not as it should be. */
  readonly report: (found: Reconciled) => void;
  /** After each page. */
  readonly progress?: (compared: number) => void;
}

export type ReconcileCounts = Readonly<Record<'compared' | 'inStep' | Finding, number>>;

const OPEN = STATES.filter((state) => !TERMINAL.includes(state));

/** Every open referral of the department in the hub against what the department says of it. */
export async function reconcile(services: DeskServices, options: ReconcileOptions): Promise<ReconcileCounts> {
  const counts = { compared: 0, inStep: 0, ...Object.fromEntries(FINDINGS.map((finding) => [finding, 0])) } as Record<
    keyof ReconcileCounts,
    number
  >;
  // What moves to another state while this runs is met there, or was met before: once.
  const met = new Set<string>();
  for (const purpose of DESK_PURPOSES)
    for (const state of OPEN)
      for (let after: string | null = null, first = true; first || after !== null; first = false) {
        const page = await services.hub.open({ state, purpose }, after);
        const ours = page.referrals.filter(({ id, department }) => department === services.department && !met.has(id));
        for (const { id } of ours) met.add(id);
        for (const found of await compared(services, ours, options)) {
          counts.compared += 1;
          if (found.findings.length === 0) counts.inStep += 1;
          else options.report(found);
          for (const finding of found.findings) counts[finding] += 1;
        }
        options.progress?.(counts.compared);
        after = page.next;
      }
  return counts;
}

async function compared(
  services: DeskServices,
  referrals: readonly HubReferral[],
  { repair = false }: ReconcileOptions,
): Promise<readonly Reconciled[]> {
  const found = await look(services, referrals);
  if (!repair || found.every(({ findings }) => findings.length === 0)) return found;
  // Answers first: they make newer versions, which are then delivered with what is missing.
  const answered = found
    .filter(({ findings }) => findings.includes('ANSWERED_THERE'))
    .map(({ referralId }) => referralId);
  for (const held of await services.desk.held(answered))
    if (held !== null && held.answer !== null) await bringBackOne(services, held.answer);
  const present = await anew(services, referrals);
  const after = await look(services, present);
  const owed = present.filter((_, i) => after[i]?.findings.some((one) => one === 'MISSING' || one === 'OLDER_THERE'));
  await deliver(services, owed);
  return look(services, present);
}

async function anew({ hub }: DeskServices, referrals: readonly HubReferral[]): Promise<readonly HubReferral[]> {
  const all: HubReferral[] = [];
  for (const referral of referrals) all.push((await hub.referral(referral.id, referral.kind)) ?? referral);
  return all;
}

async function look({ desk }: DeskServices, referrals: readonly HubReferral[]): Promise<readonly Reconciled[]> {
  const held = await desk.held(referrals.map(({ id }) => id));
  return referrals.map((referral, i) => reconciled(referral, held[i] ?? null));
}

function reconciled({ id, state, version }: HubReferral, held: HeldReferral | null): Reconciled {
  return {
    referralId: id,
    findings: findingsOf({ state, version }, held),
    state,
    version,
    stateThere: held === null ? null : (held.answer?.state ?? 'REQUESTED'),
    versionThere: held?.version ?? null,
  };
}

function findingsOf({ state, version }: Pick<HubReferral, 'state' | 'version'>, held: HeldReferral | null): Finding[] {
  if (held === null) return ['MISSING'];
  const path = held.answer === null ? 'BEHIND' : pathOfMoves(state, held.answer.state);
  return [
    ...((held.version ?? 0) < version ? (['OLDER_THERE'] as const) : []),
    ...(path === 'CONTRADICTS' ? (['DIFFERS'] as const) : path === 'BEHIND' ? [] : (['ANSWERED_THERE'] as const)),
    ...(held.copies > 1 ? (['TWICE_THERE'] as const) : []),
  ];
}
