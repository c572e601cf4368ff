import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../adapters/store/port.ts';
import iconv from 'iconv-lite';
import { capacities } from '../capacity.ts';
import { asking, seededStore } from '../directory.fixture.ts';
import { organisations } from '../organisation.ts';
import { services } from '../service.ts';
import { dryStore } from './dry-store.ts';
import { DEPARTMENTS, load as loadFile } from './load.fixture.ts';
import { maintainer } from './maintainer.ts';

let store: Store;
beforeEach(async () => {
  store = await seededStore();
});
const load = async (
  name: string,
  content: string | Uint8Array,
  options: Partial<Parameters<typeof loadFile>[2]> = {},
) => loadFile(name, content, { into: store, ...options });

const CLINIC = {
  id: 'second-hospital',
  name: '心桥区第二医院',
  description: '',
  kind: 'hospital',
  department: 'HEALTH',
  division: '390106',
  parent_organization_id: 'health-commission',
  logo: 'https://example.org/logo.png',
  organization_identifiers: [{ identifier_scheme: 'CN-USCC', identifier: '91350100M000100Y43' }],
  phones: [{ number: '0099-1234567', extension: 100, type: 'voice' }],
  locations: [
    {
      id: 'second-hospital-place',
      name: '门诊楼',
      kind: 'clinic',
      division: '390106001',
      latitude: 30.5,
      addresses: [{ address_1: '桥东路 1 号', city: '心桥市' }],
      accessibility: [{ description: '有坡道' }, { description: '有电梯' }],
    },
  ],
  services: [
    {
      id: 'second-hospital-psychology',
      name: '心理门诊',
      status: 'temporarily closed',
      kind: 'CLINIC',
      attributes: [{ taxonomy_term: { code: 'counselling' } }, { taxonomy_term: { code: 'other' } }],
      service_areas: [{ extent: '390106', extent_type: 'gb-t-2260' }],
      service_at_locations: [{ location: { id: 'second-hospital-place' } }],
      schedules: [
        { freq: 'WEEKLY', byday: 'MO,TU', opens_at: '09:00:00+08:00', closes_at: '17:00', valid_from: '2026-01-01' },
      ],
      languages: [{ code: 'zh', name: '中文' }],
      cost_options: [{ option: '挂号', amount: 10, currency: 'CNY' }],
      minimum_age: 14,
      assured_date: '2026/11/1',
      capacities: [{ available: 0, maximum: 10, updated: '2026-11-20T09:00:00+08:00' }],
    },
  ],
};

describe('HSDS 3 JSON', () => {
  test('an organisation with its services and locations, each in the directory’s words', async () => {
    const { results, report, ignored } = await load('one.json', JSON.stringify({ organizations: [CLINIC] }));
    expect(results).toEqual([
      'organizations[0] ENTERED',
      'organizations[0].locations[0] ENTERED',
      'organizations[0].services[0] ENTERED',
      'organizations[0].services[0].capacity ENTERED',
    ]);
    expect(report).toEqual([]);
    expect(ignored).toEqual(['organizations[].logo']);
    const { data } = await asking(store)(`{ organisation(id: "second-hospital") {
      kind department creditCode creditCodeValid supervisor { id } phones { number extension kind }
      locations { id kind level address latitude accessibility }
    } service(id: "second-hospital-psychology") {
      status needs areas locations { id } schedules { days opensAt closesAt validFrom } languages assuredDate
      fees { option amount } eligibility { minimumAge maximumAge } capacity { state available assuredDate }
    } }`);
    expect(data).toEqual({
      organisation: {
        kind: 'HOSPITAL',
        department: 'HEALTH',
        creditCode: '91350100M000100Y43',
        creditCodeValid: true,
        supervisor: { id: 'health-commission' },
        phones: [{ number: '0099-1234567', extension: '100', kind: 'VOICE' }],
        locations: [
          {
            id: 'second-hospital-place',
            kind: 'CLINIC',
            level: 'TOWN',
            address: '心桥市桥东路 1 号',
            latitude: 30.5,
            accessibility: '有坡道 有电梯',
          },
        ],
      },
      service: {
        status: 'TEMPORARILY_CLOSED',
        needs: ['COUNSELLING'],
        areas: ['390106'],
        locations: [{ id: 'second-hospital-place' }],
        schedules: [{ days: ['MO', 'TU'], opensAt: '09:00', closesAt: '17:00', validFrom: '2026-01-01' }],
        languages: ['zh'],
        assuredDate: '2026-11-01',
        fees: [{ option: '挂号', amount: 10 }],
        eligibility: { minimumAge: 14, maximumAge: null },
        capacity: { state: 'FULL', available: 0, assuredDate: '2026-11-20' },
      },
    });
  });

  test.each([
    ['a page of HSDS', { contents: [CLINIC] }],
    ['a list', [CLINIC]],
    ['one organisation', CLINIC],
  ])('%s is read as well; twice changes nothing', async (_, file) => {
    const first = await load('one.json', JSON.stringify(file));
    expect(first.results).toHaveLength(4);
    const versions = async () => (await store.loadMany(services, ['second-hospital-psychology']))[0]?.version;
    const before = await versions();
    const second = await load('one.json', `\ufeff${JSON.stringify(file)}`);
    expect(second.results.map((line) => line.split(' ')[1])).toEqual(Array(4).fill('UNCHANGED'));
    expect(await versions()).toBe(before);
    const third = await load('one.json', iconv.encode(JSON.stringify(file), 'gbk'));
    expect(third.results.map((line) => line.split(' ')[1])).toEqual(Array(4).fill('UNCHANGED'));
  });

  test('a supervisor may stand behind whom it supervises; a circle and an unknown one are told', async () => {
    const plain = { description: '', kind: 'OTHER', division: '390106' };
    const rows = [
      { ...plain, id: 'below', name: '下级', supervisor_id: 'above' },
      { ...plain, id: 'above', name: '上级' },
      { ...plain, id: 'ring-a', name: '环甲', supervisor_id: 'ring-b' },
      { ...plain, id: 'ring-b', name: '环乙', supervisor_id: 'ring-a' },
      { ...plain, id: 'lost', name: '孤', supervisor_id: 'nobody' },
    ];
    const { results } = await load('circle.json', JSON.stringify(rows));
    expect(results).toEqual([
      'organizations[1] ENTERED',
      'organizations[0] ENTERED',
      'organizations[3] NOT_TAKEN',
      'organizations[2] NOT_TAKEN',
      'organizations[4] NOT_TAKEN',
    ]);
  });

  test('a trial run says the same and changes nothing', async () => {
    const trial = await load('one.json', JSON.stringify(CLINIC), { into: dryStore(store) });
    expect(await store.load(organisations, 'second-hospital')).toBeNull();
    expect(await store.load(capacities, 'second-hospital-psychology')).toBeNull();
    expect(trial.results).toEqual((await load('one.json', JSON.stringify(CLINIC))).results);
  });

  test('with the rights of a department only its own is taken', async () => {
    const { results } = await load('one.json', JSON.stringify(CLINIC), {
      caller: maintainer({ department: 'EDUCATION', division: '390106' }, DEPARTMENTS),
    });
    expect(new Set(results.map((line) => line.split(' ')[1]))).toEqual(new Set(['NOT_TAKEN']));
    const own = await load('one.json', JSON.stringify(CLINIC), {
      caller: maintainer({ department: 'HEALTH', division: '390106' }, DEPARTMENTS),
    });
    expect(new Set(own.results.map((line) => line.split(' ')[1]))).toEqual(new Set(['ENTERED']));
  });

  const service = (changes: object) => ({ ...CLINIC, services: [{ ...CLINIC.services[0], ...changes }] });
  test.each([
    ['an unknown need', service({ needs: ['MAGIC'] }), 'INVALID needs.0'],
    ['an unknown status', service({ status: 'sleeping' }), 'INVALID status'],
    ['an area in words', service({ service_areas: [{ name: '全区' }] }), 'INVALID areas.0'],
    [
      'a monthly schedule',
      service({ schedules: [{ freq: 'MONTHLY', byday: '2MO', opens_at: '09:00', closes_at: '10:00' }] }),
      'INVALID schedules.0.days',
    ],
    [
      'hours of another time zone',
      service({ schedules: [{ byday: 'MO', opens_at: '09:00-05:00', closes_at: '10:00' }] }),
      'INVALID schedules.0.opensAt',
    ],
    [
      'another currency',
      service({ cost_options: [{ option: 'fee', amount: 5, currency: 'USD' }] }),
      'INVALID fees.0.amount',
    ],
    ['a date that is none', service({ assured_date: '2026-02-30' }), 'INVALID assuredDate'],
    ['an unknown kind', { ...CLINIC, kind: 'CASTLE' }, 'INVALID kind'],
    ['an unknown department', { ...CLINIC, department: 'MAGIC' }, 'INVALID department'],
    ['a number for a name', { ...CLINIC, name: 7 }, 'INVALID name'],
    ['no id', { ...CLINIC, id: undefined, services: [], locations: [] }, 'INVALID id'],
  ])('%s: the row is not taken, the report says which field', async (_, organisation, expected) => {
    const { report } = await load('bad.json', JSON.stringify({ organizations: [organisation] }));
    const told = report.flatMap((line) =>
      'notTaken' in line ? (line.notTaken as { code: string; field: string }[]) : [],
    );
    expect(told.map(({ code, field }) => `${code} ${field}`)).toContain(expected);
  });

  test.each([
    ['truncated', JSON.stringify(CLINIC).slice(0, -20), 'MALFORMED'],
    ['of other things', '{"people":[]}', 'MALFORMED'],
    ['a web page', '<!doctype html><html></html>', 'MALFORMED'],
    ['empty', '', 'MALFORMED'],
    ['no text', Uint8Array.from([0x80, 0xff, 0x00, 0xfe, 0x80]), 'NOT_TEXT'],
  ])('a file that is %s is refused as a whole', async (_, content, reason) => {
    await expect(load('whole.json', content)).rejects.toMatchObject({ reason });
  });

  test('rows that are no objects are told, the others taken', async () => {
    const { results, report } = await load('odd.json', JSON.stringify([null, 'text', CLINIC]));
    expect(results).toHaveLength(4);
    expect(report).toHaveLength(2);
  });
});
