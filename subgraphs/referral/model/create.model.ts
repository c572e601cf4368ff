/** Referrals that are made, or refused, in the model-based test. Test support. */
import fc from 'fast-check';
import type { Actor } from './actors.model.ts';
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
import { consentFor, created, type Model, type ModelReferral, moved, SHAPES, type Shape } from './reference.model.ts';

const MAX_REFERRALS = 20;

const CREATIONS: readonly (readonly [object, string | null])[] = [
  ...Array.from({ length: 12 }, () => [{}, null] as const),
  [{ categories: ['health:secrets'] }, 'UNKNOWN_CATEGORY'],
  [{ target: { organisation: 'petitions' } }, 'UNKNOWN_TARGET'],
  [{ reason: 'a\u202eb' }, 'INVALID'],
];

interface Creation {
  /** Else one of those who may. */
  readonly anybody: boolean;
  readonly actor: number;
  readonly shape: number;
  readonly variant: number;
  readonly onward: number | null;
  readonly named: string | null;
  /** On the consent that was given last, which may run out soon. */
  readonly latest: boolean;
  readonly key: string;
  readonly fault: Fault | null;
}

const createCommand = (creation: Creation): Command => ({
  check: ({ referrals: all }) => all.length < MAX_REFERRALS,
  toString: () => `create(${JSON.stringify(creation)})`,
  run: async (model, real) => {
    const { shape: n, onward, key } = creation;
    const named = creation.latest ? (model.consents.at(-1)?.id ?? null) : creation.named;
    const actor = actorOf(pick([...names, ...names.map(() => 'school'), ...names.map(() => 'clinic')], creation.actor));
    const shape: Shape = pick(SHAPES, n);
    const [changes, refusal] = pick(CREATIONS, creation.variant);
    const parent = onward === null || model.referrals.length === 0 ? null : pick(model.referrals, onward);
    const input = {
      idempotencyKey: key,
      kind: shape.kind,
      personId: 'ward',
      requester: shape.requester,
      target: { organisation: shape.target },
      priority: 'URGENT',
      reasonCode: 'MOOD',
      reason: '近两周情绪低落',
      categories: shape.categories,
      basedOnId: parent?.id ?? null,
      consentId: named,
      ...changes,
    };
    const verdict = (now: Model) => creationVerdict(now, { actor, shape, parent, named, input, refusal });
    const asking = { actor, field: 'createReferral', inputType: 'CreateReferralInput', input, verdict };
    await askAndRemember(asking, model, real, creation.fault);
  },
});

interface Created {
  readonly actor: Actor;
  readonly shape: Shape;
  readonly parent: ModelReferral | null;
  readonly named: string | null;
  readonly input: { readonly idempotencyKey: string };
  /** Of its content. */
  readonly refusal: string | null;
}

function creationVerdict(model: Model, { actor, shape, parent, named, input, refusal }: Created): Verdict {
  const key = keyOf(actor, input.idempotencyKey);
  const content = JSON.stringify(input);
  const before = model.created.get(key);
  if (before !== undefined)
    return before.content === content ? { kind: 'AGAIN', referral: before.referral } : no('KEY_REUSED');
  if (actor.as.purpose !== 'REFERRAL') return no('WRONG_PURPOSE');
  if (!actor.serves.includes(shape.requester)) return no('NOT_FOUND');
  if (refusal !== null && refusal !== 'INVALID') return no(refusal);
  const goesOn = parent?.shape.target === shape.requester && ['ACCEPTED', 'IN_PROGRESS'].includes(parent.state);
  if (parent !== null && !goesOn) return no('BASED_ON_MISSING');
  if (refusal !== null) return no(refusal);
  const consentId = consentFor(model, named);
  if (consentId === null) return no('BASIS_MISSING');
  const happen = (id: string) => {
    const referral = created(model, id, shape, consentId);
    model.created.set(key, { content, referral });
    return referral;
  };
  // Whoever died in between finds the parent moved.
  const onwardKey = keyOf(actor, 'REFER_ONWARD', input.idempotencyKey);
  if (parent === null || parent.applied.has(onwardKey)) return { kind: 'EFFECT', happen };
  const first = () => {
    moved(model, parent, 'REFER_ONWARD', ['TARGET']);
    parent.applied.set(onwardKey, content);
    return parent;
  };
  return { kind: 'EFFECT', first, happen };
}

const creations = fc.record({
  anybody: fc.constantFrom(false, false, false, true),
  actor: nat,
  shape: nat,
  variant: nat,
  onward: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: nat }),
  named: fc.constantFrom(null, null, null, null, null, null, 'c1', 'none'),
  latest: fc.constantFrom(true, false, false),
  key: keys,
  fault: faults,
});

export const creating: fc.Arbitrary<Command> = creations.map(createCommand);
