import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { at } from '../referral.fixture.ts';
import { type DeskHub, deskHub } from './desk.fixture.ts';
import { reconcile, type Reconciled } from './reconcile.ts';

let it: DeskHub;
beforeEach(async () => {
  it = await deskHub();
});
afterEach(() => it.close());

const clinic = at('clinic');
const created = async (): Promise<string> => (await it.hub.create()).referral.id;

async function compared({ repair = false } = {}) {
  const found: Reconciled[] = [];
  const counts = await reconcile(it.services, { repair, report: (one) => void found.push(one) });
  return { counts, found: found.map(({ referralId, findings }) => [referralId, ...findings]), all: found };
}

/** One of each kind: delivered, missing, changed since, answered there, decided otherwise, entered twice. */
async function disorder() {
  const [fine, older, ahead, differs, twice] = [
    await created(),
    await created(),
    await created(),
    await created(),
    await created(),
  ];
  await it.round();
  const missing = await created();
  await it.hub.move('addReferralMessage', older, clinic, { text: '请携带病历' });
  await it.clerks.answer(ahead, { state: 'IN_PROGRESS' });
  await it.hub.move('acceptReferral', differs, clinic);
  await it.services.desk.deliver([await asDelivered(differs)]);
  await it.clerks.answer(differs, { state: 'REJECTED', rejection: 'AT_CAPACITY' });
  await it.clerks.enterAgain(twice);
  return { fine, older, ahead, differs, twice, missing };
}

async function asDelivered(id: string) {
  const referral = await it.services.hub.referral(id, 'SERVICE');
  if (referral === null) throw new Error('not there');
  return { ...referral, localIds: [] };
}

test('each kind of disorder is found, and what is in step is counted', async () => {
  const { older, ahead, differs, twice, missing } = await disorder();
  const { counts, found } = await compared();
  expect(found.toSorted()).toEqual(
    [
      [older, 'OLDER_THERE'],
      [ahead, 'ANSWERED_THERE'],
      [differs, 'DIFFERS'],
      [twice, 'TWICE_THERE'],
      [missing, 'MISSING'],
    ].toSorted(),
  );
  expect(counts).toEqual({
    compared: 6,
    inStep: 1,
    MISSING: 1,
    OLDER_THERE: 1,
    ANSWERED_THERE: 1,
    DIFFERS: 1,
    TWICE_THERE: 1,
  });
});

test('a line says what each side has, and nothing about the person', async () => {
  const { ahead } = await disorder();
  const { all } = await compared();
  expect(all.find(({ referralId }) => referralId === ahead)).toEqual({
    referralId: ahead,
    findings: ['ANSWERED_THERE'],
    state: 'REQUESTED',
    version: 1,
    stateThere: 'IN_PROGRESS',
    versionThere: 1,
  });
});

test('comparing changes nothing on either side', async () => {
  const { ahead } = await disorder();
  const before = [it.clerks.held(), await it.hub.look(ahead, clinic)];
  await compared();
  expect([it.clerks.held(), await it.hub.look(ahead, clinic)]).toEqual(before);
  expect(it.asked).not.toContain('DeskMove');
});

test('a repair delivers and brings back what it can, and names what people must settle', async () => {
  const { ahead, differs, twice } = await disorder();
  const { counts, found } = await compared({ repair: true });
  expect(found.toSorted()).toEqual(
    [
      [differs, 'DIFFERS'],
      [twice, 'TWICE_THERE'],
    ].toSorted(),
  );
  expect(counts).toMatchObject({ compared: 6, inStep: 4 });
  expect((await it.hub.look(ahead, clinic))?.state).toBe('IN_PROGRESS');
  expect((await compared()).counts).toEqual(counts);
});

test('more referrals than a page holds are all compared, each once', async () => {
  for (let i = 0; i < 55; i += 1) await created();
  expect((await compared()).counts).toMatchObject({ compared: 55, MISSING: 55 });
});

test('nothing open is all in step', async () => {
  expect((await compared()).counts).toMatchObject({ compared: 0, inStep: 0 });
});
