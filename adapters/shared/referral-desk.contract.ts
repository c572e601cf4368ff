import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DepartmentSystem, type Fault, FAULTS } from '../../e2e/systems/shared/department-system.ts';
import type { ClerkAnswer, ReferralClerks } from '../../e2e/systems/shared/referral-cases.ts';
import { FAULT_CODES } from './faults.contract.ts';
import { deskReferral } from './referral-desk.fixture.ts';
import type { DeskAnswer, DeskReferral, ReferralDesk } from './referral-desk.ts';
import type { SourceErrorCode } from './source-error.ts';

export interface DeskUnderTest {
  readonly desk: ReferralDesk;
  /** The people of the department, on the other side. */
  readonly clerks: ReferralClerks;
  /** Local ids that the department knows. */
  readonly localIds: readonly string[];
  /** Another desk before the same system, as after a restart. */
  readonly again: () => ReferralDesk;
  readonly close?: () => Promise<void>;
}

/** Whatever a department's system is asked for by a hostile id, it is nobody's. */
const HOSTILE = ['', '*', '%', 'a,b', 'a|b', '../x', `' OR '1'='1`, '</id>', '\u0000', 'x'.repeat(3_000), '__proto__'];

/** What every department's desk must do, whatever it speaks; run it against the fake and the real ones. */
export function describeReferralDesk(name: string, start: () => Promise<DeskUnderTest>): void {
  describe(`${name} takes referrals and gives answers`, () => {
    let it: DeskUnderTest;
    let ids = 0;
    beforeAll(async () => {
      it = await start();
    });
    afterAll(async () => {
      await it.desk.close();
      await it.close?.();
    });
    const fresh = (changes: Partial<DeskReferral> = {}) =>
      deskReferral({ id: `0mi9w3k2s-${String((ids += 1)).padStart(8, '0')}-5a52-4f6e-9a51-0d4f2a6c9e11`, ...changes });
    const heldOf = (id: string) => it.clerks.held().filter(({ referralId }) => referralId === id);
    const delivered = async (changes: Partial<DeskReferral> = {}) => {
      const referral = fresh(changes);
      expect(await it.desk.deliver([referral])).toEqual(['TAKEN']);
      return referral;
    };
    const answersAfter = async (cursor: string | null, desk = it.desk) => {
      const answers: DeskAnswer[] = [];
      for (let next = cursor; ;) {
        const page = await desk.answersSince(next);
        answers.push(...page.answers);
        next = page.next;
        if (!page.more) return { answers, next };
      }
    };
    /** What was answered about this one. */
    const answersTo = async (id: string, cursor: string | null = null) =>
      (await answersAfter(cursor)).answers.filter(({ referralId }) => referralId === id);

    describeDelivery({ it: () => it, fresh, delivered, heldOf });

    test('nothing answered is no answer', async () => {
      const { id } = await delivered();
      expect(await answersTo(id)).toEqual([]);
      expect(await it.desk.held([id])).toEqual([{ version: 1, answer: null, copies: 1 }]);
    });

    test.each<[ClerkAnswer, Partial<DeskAnswer>]>([
      [{ state: 'ACCEPTED' }, { state: 'ACCEPTED' }],
      [{ state: 'IN_PROGRESS' }, { state: 'IN_PROGRESS' }],
      [{ state: 'ON_HOLD' }, { state: 'IN_PROGRESS' }],
      [
        { state: 'REJECTED', rejection: 'AT_CAPACITY' },
        { state: 'REJECTED', rejection: 'AT_CAPACITY' },
      ],
      [
        { state: 'REJECTED', rejection: 'OTHER', text: '请转精神卫生中心' },
        { state: 'REJECTED', rejection: 'OTHER', text: '请转精神卫生中心' },
      ],
      [
        { state: 'COMPLETED', outcome: 'SERVED', text: '建议每月随访一次' },
        { state: 'COMPLETED', outcome: 'SERVED', text: '建议每月随访一次' },
      ],
      [
        { state: 'FAILED', text: '<已>&迁往"外省"' },
        { state: 'FAILED', text: '<已>&迁往"外省"' },
      ],
    ])('%j comes back in the words of the domain', async (answer, expected) => {
      const { id } = await delivered();
      await it.clerks.answer(id, answer);
      const told = { referralId: id, rejection: null, outcome: null, text: null, ...expected };
      expect((await answersTo(id)).at(-1)).toEqual(told);
      expect(await it.desk.held([id])).toEqual([{ version: 1, answer: told, copies: 1 }]);
    });

    test('a code that is in no code set is OTHER, and says so', async () => {
      const { id } = await delivered();
      await it.clerks.answer(id, { state: 'REJECTED', rejection: '某新代码' });
      expect((await answersTo(id)).at(-1)).toMatchObject({ rejection: 'OTHER', text: expect.stringMatching(/代码/) });
    });

    test('who goes on from a cursor misses nothing, also after a restart of the hub’s side', async () => {
      const [first, second] = [await delivered(), await delivered()];
      await it.clerks.answer(first.id, { state: 'ACCEPTED' });
      const { next } = await answersAfter(null);
      await it.clerks.answer(second.id, { state: 'ACCEPTED' });
      await it.clerks.answer(first.id, { state: 'IN_PROGRESS' });
      const { answers } = await answersAfter(next, it.again());
      expect(answers).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ referralId: second.id, state: 'ACCEPTED' }),
          expect.objectContaining({ referralId: first.id, state: 'IN_PROGRESS' }),
        ]),
      );
    });

    test('more answers than one page holds all come', async () => {
      const { next } = await answersAfter(null);
      const all = Array.from({ length: 120 }, () => fresh());
      expect(await it.desk.deliver(all)).toEqual(all.map(() => 'TAKEN'));
      for (const { id } of all) await it.clerks.answer(id, { state: 'ACCEPTED' });
      const told = new Set((await answersAfter(next)).answers.map(({ referralId }) => referralId));
      expect(all.filter(({ id }) => !told.has(id))).toEqual([]);
    });

    test('what the department has of its own accord does not stop the answers to the hub', async () => {
      const { id } = await delivered();
      await it.clerks.answer('LOCAL-2026-17', { state: 'ACCEPTED' });
      await it.clerks.answer(id, { state: 'ACCEPTED' });
      expect(await answersTo(id)).toMatchObject([{ state: 'ACCEPTED' }]);
    });

    test('two entries for one referral are told as two, with the answer that has come furthest', async () => {
      const { id } = await delivered();
      await it.clerks.answer(id, { state: 'IN_PROGRESS' });
      await it.clerks.enterAgain(id);
      expect(await it.desk.held([id])).toMatchObject([{ copies: 2, answer: { state: 'IN_PROGRESS' } }]);
    });

    test('what is held comes in key order; what is not there, and what nobody is called, is null', async () => {
      const [a, b] = [await delivered(), await delivered({ version: 3 })];
      const unknown = fresh().id;
      const held = await it.desk.held([b.id, unknown, ...HOSTILE, a.id, b.id]);
      expect(held.map((one) => one?.version ?? null)).toEqual([3, null, ...HOSTILE.map(() => null), 1, 3]);
      expect(await it.desk.held([])).toEqual([]);
    });

    test('a caller who has gone gets no answer, and delivers nothing', async () => {
      const signal = AbortSignal.abort();
      const gone = { code: 'SOURCE_TIMEOUT' };
      const referral = fresh();
      await expect(it.desk.deliver([referral], { signal })).rejects.toMatchObject(gone);
      await expect(it.desk.answersSince(null, { signal })).rejects.toMatchObject(gone);
      await expect(it.desk.held([referral.id], { signal })).rejects.toMatchObject(gone);
      expect(heldOf(referral.id)).toEqual([]);
    });
  });
}

interface DeliveryTests {
  readonly it: () => DeskUnderTest;
  readonly fresh: (changes?: Partial<DeskReferral>) => DeskReferral;
  readonly delivered: (changes?: Partial<DeskReferral>) => Promise<DeskReferral>;
  readonly heldOf: (id: string) => ReturnType<ReferralClerks['held']>;
}

function describeDelivery({ it, fresh, delivered, heldOf }: DeliveryTests): void {
  test('a referral that is delivered again is there once', async () => {
    const referral = await delivered();
    expect(await it().desk.deliver([referral, referral])).toEqual(['TAKEN', 'TAKEN']);
    expect(await it().again().deliver([referral])).toEqual(['TAKEN']);
    expect(heldOf(referral.id)).toHaveLength(1);
  });

  test('what was taken though the answer got lost is delivered once', async () => {
    const referral = fresh();
    it().clerks.loseAnswers(1);
    await it()
      .desk.deliver([referral])
      .catch(() => undefined);
    expect(await it().desk.deliver([referral])).toEqual(['TAKEN']);
    expect(heldOf(referral.id)).toHaveLength(1);
  });

  test('delivered at the same time by two, it is there once', async () => {
    const referral = fresh();
    const both = await Promise.all([it().desk.deliver([referral]), it().again().deliver([referral])]);
    expect(both).toEqual([['TAKEN'], ['TAKEN']]);
    expect(heldOf(referral.id)).toHaveLength(1);
  });

  test('a newer version takes the place of the older, an older one changes nothing', async () => {
    const { id } = await delivered();
    await delivered({ id, version: 4, state: 'ACCEPTED' });
    expect(await it().desk.deliver([fresh({ id, version: 2, state: 'CANCELLED' })])).toEqual(['NEWER_THERE']);
    expect(heldOf(id).map(({ version }) => version)).toEqual([4]);
    expect((await it().desk.held([id]))[0]?.version).toBe(4);
  });

  test('nobody is told who the person is before the referral was accepted, and afterwards by the department’s own id', async () => {
    const [localId = ''] = it().localIds;
    const { id } = await delivered();
    expect(heldOf(id)[0]?.taken).not.toContain(localId);
    await delivered({ id, version: 2, state: 'ACCEPTED', localIds: [localId] });
    expect(heldOf(id)[0]?.taken).toContain(localId);
  });

  test('what the institution needs to decide goes over', async () => {
    const { id } = await delivered({ kind: 'CRISIS', priority: 'CRISIS', reasonCode: 'SELF_HARM' });
    const taken = heldOf(id)[0]?.taken ?? '';
    for (const word of [id, 'CRISIS', 'SELF_HARM', 'FROM_14_TO_17', '390106001001', 'education-bureau'])
      expect(taken).toContain(word);
  });

  test('that it was cancelled is told, and is not a second entry', async () => {
    const { id } = await delivered();
    await it().clerks.answer(id, { state: 'ACCEPTED' });
    await delivered({ id, version: 2, state: 'CANCELLED' });
    expect(heldOf(id)).toMatchObject([{ version: 2 }]);
  });

  test('a clerk’s answer is not undone by a newer version', async () => {
    const { id } = await delivered();
    await it().clerks.answer(id, { state: 'IN_PROGRESS' });
    await delivered({ id, version: 2, state: 'REQUESTED' });
    expect(await it().desk.held([id])).toMatchObject([{ version: 2, answer: { state: 'IN_PROGRESS' } }]);
  });

  test('one that the department refuses is told so, and does not hold up the others', async () => {
    const [bad, good] = [fresh(), fresh()];
    it().clerks.refuse(bad.id);
    expect(await it().desk.deliver([bad, good])).toEqual(['REFUSED', 'TAKEN']);
    expect([heldOf(bad.id).length, heldOf(good.id).length]).toEqual([0, 1]);
  });

  test('nothing to deliver asks nobody', async () => {
    expect(await it().desk.deliver([])).toEqual([]);
  });
}

interface DeskFaults {
  readonly system: () => DepartmentSystem & { readonly clerks: ReferralClerks };
  readonly deskOf: (system: DepartmentSystem, timeoutMs: string) => ReferralDesk;
  /** Where a department says the same in its own way. */
  readonly codes?: Partial<Record<Fault, SourceErrorCode>>;
}

/** What every call of a desk ends in while the sample system is in each of its faults, and that nothing is lost or double after it. */
export function describeDeskFaults({ system, deskOf, codes = {} }: DeskFaults): void {
  test.each(FAULTS)('while it is in fault %s nothing is delivered, and after it once', async (fault) => {
    const code = codes[fault] ?? FAULT_CODES[fault];
    const referral = deskReferral({ id: `0mi9w3k2s-${fault}` });
    await system().break(fault);
    const desk = () => deskOf(system(), code === 'SOURCE_TIMEOUT' ? '200' : '1000');
    await Promise.all([
      expect(desk().deliver([referral])).rejects.toMatchObject({ code }),
      expect(desk().answersSince(null)).rejects.toMatchObject({ code }),
      expect(desk().held([referral.id])).rejects.toMatchObject({ code }),
    ]);
    await system().break(null);
    expect(await deskOf(system(), '3000').deliver([referral])).toEqual(['TAKEN']);
    expect(
      system()
        .clerks.held()
        .filter(({ referralId }) => referralId === referral.id),
    ).toHaveLength(1);
  });
}
