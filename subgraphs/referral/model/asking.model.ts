/** A request of the model-based test: what is asked, what the reference says to it, and that both agree. Test support. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { type Actor, ACTORS } from './actors.model.ts';
import { turns } from '../dawdling-store.fixture.ts';
import type { Death } from './mortal-store.fixture.ts';
import { commitsSince, type Real, restarted } from './real.model.ts';
import type { Model, ModelReferral } from './reference.model.ts';

export type Command = fc.AsyncCommand<Model, Real>;

export const names = Object.keys(ACTORS);

export function pick<T>(all: readonly T[], n: number): T {
  const found = all[n % all.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

export const actorOf = (name: string): Actor => ACTORS[name] ?? pick(Object.values(ACTORS), 0);

/** What the reference says to a request: refused, done before, or an effect that a commit has. */
export type Verdict =
  | { readonly kind: 'REFUSED'; readonly code: string; readonly referral: ModelReferral | null }
  | { readonly kind: 'AGAIN'; readonly referral: ModelReferral }
  | {
      readonly kind: 'EFFECT';
      /** A commit of another referral that comes first. */
      readonly first?: Happening;
      readonly happen: Happening;
    };
type Happening = (id: string, real: Real) => ModelReferral | Promise<ModelReferral>;

export interface Asking {
  readonly actor: Actor;
  readonly field: string;
  readonly inputType: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly verdict: (model: Model) => Verdict;
}

export const no = (code: string, referral: ModelReferral | null = null): Verdict => ({
  kind: 'REFUSED',
  code,
  referral,
});

/** Whether the client asks again when nobody answered. */
export type Fault = Death & { readonly asksAgain: boolean };

/** Turns of the event loop in which what was saved is told of, where nothing dies. */
const RELAYED = 8;

/**
 * Asks; the process may die at a save, or when it tells the feeds of it. The store then has all of it or nothing, and
 * whoever asks again with the same key gets the one effect; who does not loses none of it.
 */
export async function ask(
  asking: Asking,
  { model, real, fault }: { model: Model; real: Real; fault: Fault | null },
): Promise<void> {
  const { actor, field, inputType, input } = asking;
  const verdict = asking.verdict(model);
  real.process.dieAt(fault);
  const query = `mutation ($input: ${inputType}!) { ${field}(input: $input) { referral { id version state } userErrors { code } } }`;
  const { data, codes } = await real.hub.ask(query, { input }, actor.as);
  if (fault !== null) await turns(RELAYED);
  real.process.dieAt(null);
  const commits = commitsSince(real);
  const due = verdict.kind === 'EFFECT' ? [verdict.first, verdict.happen].filter((one) => one !== undefined) : [];
  let referral = verdict.kind === 'EFFECT' ? null : verdict.referral;
  for (const [i, commit] of commits.entries()) {
    const happen = due[i];
    if (happen === undefined) throw new Error(`A commit where ${JSON.stringify(verdict)} was due.`);
    referral = await happen(commit.id, real);
    expect([commit.id, commit.version, commit.changes.at(-1)?.state]).toEqual([
      referral.id,
      referral.version,
      referral.state,
    ]);
  }
  if (real.process.isDead()) {
    await restarted(model, real);
    if (fault?.asksAgain === true) await ask(asking, { model, real, fault: null });
    return;
  }
  expect(codes).toEqual([]);
  const { referral: shown, userErrors } = data[field];
  const code = verdict.kind === 'REFUSED' ? [{ code: verdict.code }] : [];
  expect([userErrors, commits.length]).toEqual([code, due.length]);
  expect(shown).toEqual(referral && { id: referral.id, version: referral.version, state: referral.state });
}

/** Requests made so far, to be made again. */
export const askedBefore = new WeakMap<Real, Asking[]>();

export async function askAndRemember(asking: Asking, model: Model, real: Real, fault: Fault | null): Promise<void> {
  askedBefore.set(real, [...(askedBefore.get(real) ?? []), asking]);
  await ask(asking, { model, real, fault });
}

export const keyOf = ({ as: { caller } }: Actor, ...more: string[]) =>
  [caller.client, caller.subject, ...more].join('|');
export const faults: fc.Arbitrary<Fault | null> = fc.oneof(
  { weight: 9, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc.record({
      at: fc.constantFrom('save', 'save', 'claim', 'append', 'settle'),
      nth: fc.constantFrom(1, 1, 2),
      when: fc.constantFrom('BEFORE', 'AFTER'),
      asksAgain: fc.boolean(),
    }),
  },
);
export const keys = fc.uuid();
export const nat = fc.nat(100_000);
