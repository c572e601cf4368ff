import { expect, test } from '@jest/globals';
import { DISTRICT, NEIGHBOUR_DISTRICT } from '../e2e/systems/world/places.ts';
import { allowedClients, readClients, readHubScopes } from './clients.ts';
import { departmentsOf, readDeployment } from './departments.ts';

const { clients, people, roles } = readClients();
const departments = departmentsOf(readDeployment());
const known = new Set([
  ...readHubScopes().map(({ name }) => name),
  ...departments.flatMap(({ categories }) => categories.map(({ scope }) => scope)),
]);
const client = (id: string) => {
  const found = clients.find(({ clientId }) => clientId === id);
  if (found === undefined) throw new Error(`no client ${id}`);
  return found;
};

test.each([...clients, ...people].map((holder) => ['clientId' in holder ? holder.clientId : holder.login, holder]))(
  '%s holds only scopes, roles and a department that exist',
  (_, holder) => {
    if (typeof holder === 'string') throw new Error('unreachable');
    const held = [...holder.scopes, ...('optionalScopes' in holder ? holder.optionalScopes : [])];
    expect(held.filter((scope) => !known.has(scope))).toEqual([]);
    expect(new Set(held).size).toBe(held.length);
    expect(roles.map(({ name }) => name)).toEqual(expect.arrayContaining(holder.roles));
    expect([null, ...departments.map(({ code }) => code)]).toContain(holder.department);
  },
);

test.each(departments.map(({ slug, code, categories }) => ({ slug, code, categories })))(
  'the system of $slug has its own categories by default and nothing else',
  ({ slug, code, categories }) => {
    const system = client(`${slug}-system`);
    expect(system.department).toBe(code);
    expect(system.scopes).toEqual(categories.map(({ scope }) => scope));
  },
);

test('the divisions are those of the made-up district and of its neighbour', () => {
  expect(client('education-system').division).toBe(DISTRICT);
  expect(client('education-system-b').division).toBe(NEIGHBOUR_DISTRICT);
  for (const { division } of people) expect([DISTRICT, NEIGHBOUR_DISTRICT, null]).toContain(division);
});

test('offices, auditors and vendors can hold nothing about a person that a department would', () => {
  for (const id of ['leading-group-office', 'auditor', 'vendor-sandbox']) expect(client(id).department).toBeNull();
  const ofOffice = [...client('leading-group-office').scopes, ...client('leading-group-office').optionalScopes];
  expect(ofOffice.filter((scope) => scope.split(':').length === 3)).toEqual([]);
});

test('people get what they hold through the console, and the console offers nothing that nobody holds', () => {
  const offered = [...client('hub-console').scopes, ...client('hub-console').optionalScopes];
  expect([...offered].toSorted()).toEqual([...new Set(people.flatMap(({ scopes }) => scopes))].toSorted());
});

test('whoever asks for the own record has no department and no other purpose', () => {
  for (const { self, department, purposes } of people) {
    expect(self).toBe(purposes.includes('SELF_ACCESS'));
    if (self) expect({ department, purposes }).toEqual({ department: null, purposes: ['SELF_ACCESS'] });
  }
});

test('every subject is its own', () => {
  const subjects = [...clients, ...people].flatMap(({ subject }) => subject ?? []);
  expect(new Set(subjects).size).toBe(subjects.length);
});

test('a token of the hub itself opens nothing', () => {
  const { scopes, optionalScopes, roles: held, purposes } = client('hub-api');
  expect([scopes, optionalScopes, held, purposes]).toEqual([[], [], [], []]);
  expect(allowedClients(readClients())).not.toContain('hub-api');
  expect(allowedClients(readClients())).toContain('hub-console');
});
