import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { shanghaiDay } from '../../adapters/shared/shanghai-day.ts';
import { caller, worker } from '../harness/caller.ts';
import { codesAndPaths } from '../harness/hub-client.ts';
import { type Stack, startStack } from '../harness/start-stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 60_000);
afterAll(() => stack.close());

const SEARCH = `{
  services(filter: { need: PSYCHIATRIC_CARE, age: 15, division: "390106001003", neighbours: true }, first: 3) {
    edges { reach node { id name organisation { id department supervisor { id } } capacity { state assuredDate } } }
    pageInfo { hasNextPage endCursor }
  }
  organisation(id: "police-station-390106001") { name receivesReferrals }
}`;

test.each([
  ['a vendor', async () => caller(stack, 'vendor-sandbox'), 'CARE'],
  ['the petition reception', async () => caller(stack, 'petition-reception'), 'REFERRAL'],
  ['a school counsellor', async () => worker(stack, 'school-counsellor'), 'CARE'],
  ['a mother', async () => worker(stack, 'mother'), 'SELF_ACCESS'],
])('%s reads the directory, without any scope of a person', async (_, asking, purpose) => {
  const { data, errors } = await (await asking()).ask(SEARCH, {}, { purpose });
  expect(errors).toEqual([]);
  expect(data.organisation).toEqual({ name: '桥头街道派出所', receivesReferrals: true });
  expect(data.services.edges).toHaveLength(3);
  expect(data.services.edges[0]).toMatchObject({ reach: 'PARENT', node: { organisation: { department: 'HEALTH' } } });
});

const CAPACITY = `mutation ($input: SetServiceCapacityInput!) { setServiceCapacity(input: $input) {
  service { version capacity { state assuredDate } } userErrors { code path } } }`;
const FULL = { serviceId: 'district-psychiatric-clinic', state: 'FULL' };

test('a department changes its own entry with the scope for it; without it, or as another department, nobody does', async () => {
  const health = await caller(stack, 'health-system', 'directory:write');
  const today = { ...FULL, assuredDate: shanghaiDay(Date.now()) };
  const ask = async (by: typeof health, key: string) => by.ask(CAPACITY, { input: { ...today, idempotencyKey: key } });

  const without = await ask(await caller(stack, 'health-system'), 'k1');
  expect(codesAndPaths(without)).toEqual(['FORBIDDEN_FIELD setServiceCapacity']);

  const other = await ask(await caller(stack, 'education-system', 'directory:write'), 'k2');
  expect(other.data.setServiceCapacity).toEqual({
    service: null,
    userErrors: [{ code: 'NOT_YOURS', path: ['input', 'serviceId'] }],
  });

  const own = await ask(health, 'k3');
  expect(own.data.setServiceCapacity).toEqual({
    service: { version: 1, capacity: { state: 'FULL', assuredDate: today.assuredDate } },
    userErrors: [],
  });
  expect(await ask(health, 'k3')).toEqual(own);
});

test('the next services after a rejection are not full, and not the one that rejected', async () => {
  const { data } = await (
    await caller(stack, 'education-system')
  ).ask(`{ nextServices(input: { needs: [PSYCHIATRIC_CARE], minimumAge: 12, maximumAge: 17, division: "390106001003",
      except: ["district-child-psychiatry"] }) { service { id } reach capacity assuredDate needs } }`);
  const ids = data.nextServices.map(({ service }: { service: { id: string } }) => service.id);
  expect(ids.length).toBeGreaterThan(0);
  expect(ids).not.toContain('district-child-psychiatry');
  expect(data.nextServices.map(({ capacity }: { capacity: string }) => capacity)).not.toContain('FULL');
});
