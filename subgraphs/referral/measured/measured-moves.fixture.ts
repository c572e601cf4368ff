/**
 * Creations and moves that are durable, through the subgraph. Test support; as a program (arguments: folder, seconds of a
 * phase) it prints the figures.
 */
import { join } from 'node:path';
import { fillStore } from '../../../adapters/store/sqlite/fill-store.fixture.ts';
import { persons } from '../../person/person.ts';
import { at, type Hub, referralHub } from '../referral.fixture.ts';
import { personIdOf, savePeople } from './many-people.fixture.ts';
import { type Taken, timed } from './timed.fixture.ts';

export interface MovesFigure extends Taken {
  readonly what: 'SAVE' | 'CREATE' | 'MOVE';
  readonly callers: number;
  readonly done: number;
}

const CALLERS = [1, 50];
const SHOWN = '{ referral { id version state } userErrors { code } }';
const CREATE = `mutation ($input: CreateReferralInput!) { done: createReferral(input: $input) ${SHOWN} }`;
/** From acceptance to the end, each by the side whose move it is. */
const MOVES = [
  ['acceptReferral', 'ReferralMoveInput', 'clinic'],
  ['startReferral', 'ReferralMoveInput', 'clinic'],
  ['completeReferral', 'CompleteReferralInput', 'clinic'],
  ['acknowledgeReferral', 'ReferralMoveInput', 'school-7'],
] as const;

/** Each phase for so many seconds; `SAVE` is one small document saved straight into the store, to hold the others against. */
export async function measuredMoves({
  folder,
  seconds,
  people = 2_000,
}: {
  folder: string;
  seconds: number;
  people?: number;
}): Promise<readonly MovesFigure[]> {
  const file = join(folder, 'moves.db');
  await fillStore(file, async (store) => savePeople(store, people));
  const hub = await referralHub({ file });
  try {
    const figures: MovesFigure[] = [];
    const phase = async (what: MovesFigure['what'], callers: number, once: () => Promise<boolean>) =>
      void figures.push({ what, callers, ...(await doneFor(seconds, { callers, once })) });
    const created: string[] = [];
    const once = { save: saver(hub), create: creator(hub, { created, people }) };
    // What is loaded and compiled when it is first used is no part of the figures.
    for (let i = 0; i < 50; i += 1) await once.create();
    await phase('SAVE', 1, once.save);
    for (const callers of CALLERS) {
      await phase('CREATE', callers, once.create);
      await phase('MOVE', callers, mover(hub, created));
    }
    return figures;
  } finally {
    await hub.close();
  }
}

/** `once` tells whether there was anything left to do. */
async function doneFor(seconds: number, { callers, once }: { callers: number; once: () => Promise<boolean> }) {
  let done = 0;
  const call = async (end: number) => {
    while (performance.now() < end && (await once())) done += 1;
  };
  const taken = await timed(async () => {
    const end = performance.now() + seconds * 1_000;
    await Promise.all(Array.from({ length: callers }, async () => call(end)));
  });
  return { done, ...taken };
}

function saver({ store }: Hub): () => Promise<boolean> {
  return async () => {
    const ward = await store.load(persons, 'ward');
    if (ward === null) throw new Error('the ward');
    await store.save(persons, { id: ward.id, data: ward.data, expectedVersion: ward.version });
    return true;
  };
}

function creator(
  { ask, clock }: Hub,
  { created, people }: { created: string[]; people: number },
): () => Promise<boolean> {
  let asked = 0;
  const school = at('school-7');
  return async () => {
    const n = (asked += 1);
    clock.now += 1;
    const input = {
      idempotencyKey: `create-${n}`,
      kind: 'SERVICE',
      personId: personIdOf(n % people),
      target: { organisation: 'clinic', serviceId: 'ward-a' },
      reasonCode: 'MOOD',
      reason: '近两周情绪低落，影响学习',
      categories: ['education:assessment'],
    };
    created.push(doneIn(await ask(CREATE, { input }, school)).id);
    return true;
  };
}

/** Takes one of those created through all its moves, one at each call. */
function mover({ ask }: Hub, created: string[]): () => Promise<boolean> {
  const sides = { clinic: at('clinic'), 'school-7': at('school-7') };
  /** Referrals that nobody is moving now, at the version they have. */
  const free: { id: string; version: number }[] = [];
  return async () => {
    const id = free.length > 0 ? undefined : created.pop();
    const next = id === undefined ? free.pop() : { id, version: 1 };
    if (next === undefined) return false;
    const [field, type, side] = MOVES[next.version - 1] ?? MOVES[0];
    const input = {
      referralId: next.id,
      expectedVersion: next.version,
      idempotencyKey: `${field}-${next.id}`,
      ...(field === 'completeReferral' && { outcome: 'SERVED', advice: '每周与班主任谈一次，睡前不用手机' }),
    };
    const query = `mutation ($input: ${type}!) { done: ${field}(input: $input) ${SHOWN} }`;
    const { version } = doneIn(await ask(query, { input }, sides[side]));
    if (version <= MOVES.length) free.push({ id: next.id, version });
    return true;
  };
}

function doneIn({ data, codes }: Awaited<ReturnType<Hub['ask']>>): { readonly id: string; readonly version: number } {
  if (data?.done?.referral == null || data.done.userErrors.length > 0)
    throw new Error(`it was not done: ${JSON.stringify(codes)} ${JSON.stringify(data)}`);
  return data.done.referral;
}

if (import.meta.main) {
  const [folder = '.', seconds] = process.argv.slice(2);
  console.log(JSON.stringify(await measuredMoves({ folder, seconds: Number(seconds) })));
}
