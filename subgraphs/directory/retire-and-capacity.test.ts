import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../adapters/store/port.ts';
import { type Ask, asking, seededStore } from './directory.fixture.ts';
import { errorsOf, type Mutate, mutating, SERVICE } from './mutations.fixture.ts';

let store: Store;
let ask: Ask;
let mutate: Mutate;
beforeEach(async () => {
  store = await seededStore();
  ask = asking(store);
  mutate = mutating(ask);
});

describe('retiring', () => {
  test('an organisation with entries in use stays; one referred to that is retired takes nothing new', async () => {
    expect(errorsOf(await mutate('retireOrganisation', { id: 'school-ss001', expectedVersion: 1 }))).toEqual([
      'HAS_ENTRIES id',
    ]);
    for (const [name, id] of [
      ['retireService', 'school-ss001-counselling'],
      ['retireLocation', 'school-ss001-room'],
      ['retireProfessional', 'school-ss001-counsellor'],
      ['retireOrganisation', 'school-ss001'],
    ] as const)
      expect(errorsOf(await mutate(name, { id, expectedVersion: 1 }))).toEqual([]);
    expect(errorsOf(await mutate('upsertService', SERVICE))).toEqual(['UNKNOWN_REFERENCE organisation']);
    expect(errorsOf(await mutate('retireService', { id: 'nothing', expectedVersion: 1 }))).toEqual(['NOT_FOUND id']);
  });

  test('what was retired comes back when it is entered again', async () => {
    await mutate('retireService', { id: 'school-ss001-counselling', expectedVersion: 1 });
    const again = await mutate('upsertService', { ...SERVICE, id: 'school-ss001-counselling', expectedVersion: 2 });
    expect(again.data.answer.entry).toMatchObject({ version: 3, retiredAt: null });
  });
});

describe('capacity and duty', () => {
  const CAPACITY = { serviceId: 'school-ss001-counselling', state: 'WAITLIST', assuredDate: '2026-11-20' };
  const shown = async () => {
    const { data } = await ask(
      '{ service(id: "school-ss001-counselling") { version capacity { state available assuredDate } onDuty { id } } }',
    );
    return data.service;
  };

  test('a capacity is set without touching the entry, and what was assured last holds', async () => {
    expect(errorsOf(await mutate('setServiceCapacity', { ...CAPACITY, available: 3 }))).toEqual([]);
    expect(await shown()).toMatchObject({
      version: 1,
      capacity: { state: 'WAITLIST', available: 3, assuredDate: '2026-11-20' },
    });
    const late = { ...CAPACITY, state: 'OPEN', assuredDate: '2026-11-19' };
    expect(errorsOf(await mutate('setServiceCapacity', late))).toEqual(['OUTDATED assuredDate']);
    const tomorrow = { ...CAPACITY, assuredDate: '2026-11-21' };
    expect(errorsOf(await mutate('setServiceCapacity', tomorrow))).toEqual(['INVALID assuredDate']);
    expect((await shown()).capacity.state).toBe('WAITLIST');
    expect(errorsOf(await mutate('setServiceCapacity', { ...CAPACITY, serviceId: 'nothing' }))).toEqual([
      'NOT_FOUND serviceId',
    ]);
  });

  const ROSTER = {
    serviceId: 'school-ss001-counselling',
    from: '2026-11-20T00:00:00+08:00',
    to: '2026-11-21T00:00:00+08:00',
    shifts: [
      { professional: 'school-ss001-counsellor', from: '2026-11-20T09:00:00+08:00', to: '2026-11-20T12:00:00+08:00' },
    ],
  };

  test('a roster replaces the shifts of its time only', async () => {
    expect(errorsOf(await mutate('setDutyRoster', ROSTER))).toEqual([]);
    expect((await shown()).onDuty).toEqual([{ id: 'school-ss001-counsellor' }]);
    const tomorrow = { ...ROSTER, from: '2026-11-21T00:00:00+08:00', to: '2026-11-22T00:00:00+08:00', shifts: [] };
    expect(errorsOf(await mutate('setDutyRoster', tomorrow))).toEqual([]);
    expect((await shown()).onDuty).toHaveLength(1);
    expect(errorsOf(await mutate('setDutyRoster', { ...ROSTER, shifts: [] }))).toEqual([]);
    expect((await shown()).onDuty).toEqual([]);
  });

  test.each([
    ['a time that ends before it begins', { to: '2026-11-19T00:00:00+08:00', shifts: [] }, 'INVALID to'],
    ['a shift outside the time', { from: '2026-11-20T10:00:00+08:00' }, 'INVALID shifts 0 from'],
    [
      'somebody unknown',
      { shifts: [{ ...ROSTER.shifts[0], professional: 'nobody' }] },
      'UNKNOWN_REFERENCE shifts 0 professional',
    ],
    [
      'a shift of no length',
      { shifts: [{ ...ROSTER.shifts[0], to: '2026-11-20T09:00:00+08:00' }] },
      'INVALID shifts 0 to',
    ],
  ])('%s is refused', async (_, changes, expected) => {
    expect(errorsOf(await mutate('setDutyRoster', { ...ROSTER, ...changes }))).toEqual([expected]);
  });
});
