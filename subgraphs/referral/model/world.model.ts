/** What happens around the moves of the model-based test: retries, time, consents, jobs, deaths, looks. Test support. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { own } from '../../person/trust.fixture.ts';
import { ask, askedBefore, type Asking, type Command, names, nat, pick } from './asking.model.ts';
import type { Death } from './mortal-store.fixture.ts';
import {
  commitsSince,
  expectCounts,
  expectFeedsBegun,
  expectHubSays,
  expectLook,
  expectSharing,
  givenConsent,
  jobsDone,
  type Real,
  restarted,
  watchers,
} from './real.model.ts';
import { inForce } from './reference.model.ts';

/** The same request again; or, under its key, another. */
const againCommand = (n: number, changed: boolean): Command => ({
  check: () => true,
  toString: () => `again(${n}, ${changed})`,
  run: async (model, real) => {
    const all = askedBefore.get(real) ?? [];
    const made = all.filter(({ verdict }) => verdict(model).kind === 'AGAIN');
    if ((changed ? made : all).length === 0) return;
    // The latest first: what was answered long ago is asked again less often.
    if (changed) await reused(pick(made.toReversed(), n), real);
    else await ask(pick(all.toReversed(), n), { model, real, fault: null });
  },
});

/** Another request under a key that was used: refused, without any effect. */
async function reused({ actor, field, inputType, input }: Asking, real: Real): Promise<void> {
  const other = field === 'createReferral' ? { ...input, reasonCode: 'OTHER' } : { ...input, expectedVersion: 0 };
  const query = `mutation ($input: ${inputType}!) { ${field}(input: $input) { userErrors { code } } }`;
  const { data } = await real.hub.ask(query, { input: other }, actor.as);
  expect([data[field].userErrors, commitsSince(real)]).toEqual([[{ code: 'KEY_REUSED' }], []]);
}

const turnCommand = (milliseconds: number): Command => ({
  check: () => true,
  toString: () => `turn(${milliseconds / 3_600_000} h)`,
  run: async (model, real) => {
    model.now += milliseconds;
    real.hub.clock.now += milliseconds;
    // Time alone opens and ends what is shared.
    await expectSharing(model, real, 'healthSystem');
    for (const referral of model.referrals.slice(-LATEST)) await expectLook(model, real, referral, 'healthSystem');
  },
});

const WITHDRAW = 'mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { userErrors { code } } }';

const withdrawCommand = (n: number, by: string): Command => ({
  check: (model) => model.consents.some((one) => inForce(model, one)),
  toString: () => `withdraw(${n}, ${by})`,
  run: async (model, real) => {
    const consent = pick(
      model.consents.filter((one) => inForce(model, one)),
      n,
    );
    const input = { personId: 'ward', consentId: consent.id };
    const { data } = await real.hub.trust.ask(WITHDRAW, { input }, own(by));
    expect(data.withdrawConsent.userErrors).toEqual([]);
    consent.withdrawn = true;
    for (const watcher of watchers) await expectSharing(model, real, watcher);
  },
});

const giveCommand = (hours: number | null): Command => ({
  check: (model) => model.consents.length < 30,
  toString: () => `give(${hours})`,
  run: (model, real) => givenConsent(model, real, hours === null ? null : model.now + hours * 3_600_000),
});

const jobsCommand = (death: Death | null): Command => ({
  check: () => true,
  toString: () => `jobs(${JSON.stringify(death)})`,
  run: async (model, real) => {
    real.process.dieAt(death);
    await Promise.allSettled([real.hub.runJobs()]);
    real.process.dieAt(null);
    expectHubSays(model, real);
    await (real.process.isDead() ? restarted(model, real) : jobsDone(model, real));
  },
});

const restartCommand: Command = { check: () => true, toString: () => 'restart', run: restarted };

const lookCommand = (actor: number, referral: number): Command => ({
  check: (model) => model.referrals.length > 0,
  toString: () => `look(${actor}, ${referral})`,
  run: async (model, real) => {
    await expectLook(model, real, pick(model.referrals, referral), pick(names, actor));
    await expectSharing(model, real, pick(watchers, actor));
    await expectFeedsBegun(model, real);
    await expectCounts(model, real);
  },
});

/** Looked at whenever the clock is turned. */
const LATEST = 3;
const HOURS = [1, 1, 2, 3, 23, 24, 48, 6 * 24, 7 * 24, 8 * 24, 21 * 24, -1, -2, -24, -72];
const deaths: fc.Arbitrary<Death> = fc.record({
  at: fc.constantFrom('save', 'save', 'save', 'claim', 'settle', 'append'),
  nth: fc.constantFrom(1, 1, 2, 3),
  when: fc.constantFrom('BEFORE', 'AFTER'),
});

/** As often as they stand here. */
export const HAPPENINGS: readonly fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 2 }, () =>
    fc.tuple(fc.nat(12), fc.boolean()).map(([n, changed]) => againCommand(n, changed)),
  ),
  fc.constantFrom(...HOURS).map((hours) => turnCommand(hours * 3_600_000)),
  fc.tuple(nat, fc.constantFrom('ward', 'mother')).map(([n, by]) => withdrawCommand(n, by)),
  ...Array.from({ length: 2 }, () => fc.constantFrom(null, 2, 6, 50).map(giveCommand)),
  ...Array.from({ length: 2 }, () => fc.option(deaths, { freq: 3 }).map(jobsCommand)),
  fc.constant(restartCommand),
  ...Array.from({ length: 2 }, () => fc.tuple(nat, nat).map(([actor, referral]) => lookCommand(actor, referral))),
];
