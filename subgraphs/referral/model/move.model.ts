/** Moves, allowed and not, of the model-based test. Test support. */
import fc from 'fast-check';
import { MOVE_INPUTS } from '../referral.fixture.ts';
import { referrals } from '../referral.ts';
import { type Actor, type Content, CONTENTS, contentsOf, rolesOf } from './actors.model.ts';
import {
  actorOf,
  askAndRemember,
  type Command,
  type Fault,
  faults,
  keyOf,
  keys,
  names,
  nat,
  no,
  pick,
  type Verdict,
} from './asking.model.ts';
import type { Real } from './real.model.ts';
import {
  consentFor,
  type Model,
  type ModelReferral,
  moved,
  needsReason,
  refusedByTable,
  standing,
} from './reference.model.ts';

type Made = keyof typeof CONTENTS;
const moves = Object.keys(CONTENTS) as readonly Made[];

interface Moving {
  /** One of those that are allowed now, whoever makes it; else anybody tries anything. */
  readonly allowed: boolean;
  readonly actor: number;
  readonly referral: number;
  readonly move: number;
  readonly content: number;
  readonly ahead: number;
  readonly key: string;
  readonly fault: Fault | null;
}

const moveCommand = (moving: Moving): Command => ({
  check: (model) => model.referrals.length > 0,
  toString: () => `move(${JSON.stringify(moving)})`,
  run: async (model, real) => {
    const { actor, move, referral } = whichMove(model, moving);
    const [field] = CONTENTS[move];
    const content = pick(contentsOf(move, referral), moving.content);
    const input = {
      referralId: referral.id,
      expectedVersion: Math.max(0, referral.version + moving.ahead),
      idempotencyKey: moving.key,
      ...content.input,
    };
    const verdict = (now: Model) => moveVerdict(now, { actor, move, referral, content, input });
    const inputType = MOVE_INPUTS[field] ?? 'ReferralMoveInput';
    await askAndRemember({ actor, field, inputType, input, verdict }, model, real, moving.fault);
  },
});

/** Tried more often than the rest, or few referrals would get far. */
const ONWARD: ReadonlySet<Made> = new Set([
  'ACCEPT',
  'START',
  'HOLD',
  'RESUME',
  'COMPLETE',
  'FAIL',
  'REQUEST_INFORMATION',
  'PROVIDE_INFORMATION',
]);

function whichMove(model: Model, { allowed, actor, referral, move }: Moving) {
  const { referrals: all } = model;
  const open = all.filter((one) => !one.loopClosed && !one.broken);
  const found = pick(allowed && open.length > 0 ? open : all, referral);
  const mayMake = (name: string, each: Made) =>
    refusedByTable(model, { move: each, referral: found }, rolesOf(actorOf(name), found)) === null;
  const may = moves.filter((each) => names.some((name) => mayMake(name, each)));
  if (!allowed || may.length === 0)
    return { actor: actorOf(pick(names, actor)), move: pick(moves, move), referral: found };
  const onward = may.filter((each) => ONWARD.has(each));
  const made = pick([...may, ...onward, ...onward, ...onward], move);
  const who = names.filter((name) => mayMake(name, made));
  return { actor: actorOf(pick(who, actor)), move: made, referral: found };
}

interface Tried {
  readonly actor: Actor;
  readonly move: Made;
  readonly referral: ModelReferral;
  readonly content: Content;
  readonly input: { readonly expectedVersion: number; readonly idempotencyKey: string };
}

interface Joining {
  readonly worker?: string;
  readonly categories?: readonly string[];
}

/** A member of a team is a human being: a system has to name one. */
function refusedToSystems({ as: { caller } }: Tried['actor'], move: Made, { input }: Content) {
  const { worker = caller.subject } = input as Joining;
  const itself = worker === caller.subject && caller.roles.includes('department-system');
  return move === 'JOIN_CARE_TEAM' && itself ? ('INVALID' as const) : null;
}

function moveVerdict(model: Model, { actor, move, referral, content, input }: Tried): Verdict {
  const roles = rolesOf(actor, referral);
  if (roles.length === 0) return no('NOT_FOUND');
  const key = keyOf(actor, move, input.idempotencyKey);
  const said = JSON.stringify(input);
  const before = referral.applied.get(key);
  if (before !== undefined) return before === said ? { kind: 'AGAIN', referral } : no('KEY_REUSED', referral);
  if (input.expectedVersion !== referral.version) return no('CONFLICT', referral);
  const refusal =
    refusedByTable(model, { move, referral }, roles) ??
    refusedToSystems(actor, move, content) ??
    refusedContent(model, { move, referral, content }, roles);
  if (refusal !== null) return no(refusal, referral);
  const happen = async (_id: string, real: Real) => {
    if (move === 'NAME_BASIS') Object.assign(referral, { consentId: namedBasis(model, content), basisEnded: false });
    if (move === 'JOIN_CARE_TEAM') {
      const { worker = actor.as.caller.subject, categories = [] } = content.input as Joining;
      referral.team.set(worker, categories);
    }
    if (move === 'LEAVE_CARE_TEAM') referral.team.delete(String(content.input.worker));
    moved(model, referral, move, roles);
    referral.applied.set(key, said);
    const stored = await real.store.load(referrals, referral.id);
    for (const { id, role } of stored?.data.followUps ?? []) referral.followUps.set(id, role);
    return referral;
  };
  return { kind: 'EFFECT', happen };
}

const namedBasis = (model: Model, { input }: Content): string | null =>
  consentFor(model, typeof input.consentId === 'string' ? input.consentId : null);

function refusedContent(
  model: Model,
  { move, referral, content }: Pick<Tried, 'move' | 'referral' | 'content'>,
  roles: ReturnType<typeof rolesOf>,
): string | null {
  const refusal = content.refusal(referral, roles);
  if (refusal !== null) return refusal;
  if (needsReason(move, roles) && content.input.reason === undefined) return 'REASON_MISSING';
  // Advice is words about the person: without a basis it does not go over.
  if (content.input.advice !== undefined && !standing(model, referral)) return 'BASIS_MISSING';
  if (move !== 'NAME_BASIS') return null;
  if (standing(model, referral)) return 'BASIS_STANDS';
  return namedBasis(model, content) === null ? 'BASIS_MISSING' : null;
}

const movings = fc.record({
  allowed: fc.constantFrom(true, true, true, false),
  actor: nat,
  referral: nat,
  move: nat,
  content: nat,
  ahead: fc.constantFrom(0, 0, 0, 0, 0, 0, -1, 1),
  key: keys,
  fault: faults,
});

export const moving: fc.Arbitrary<Command> = movings.map(moveCommand);
