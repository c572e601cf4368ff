import { randomUUID } from 'node:crypto';
import { BEGIN_EMERGENCY, REGISTER } from '../../demo/queries.ts';
import { hubIdOf } from '../../harness/care-seed.ts';
import { askHub } from '../../harness/hub-client.ts';
import { create } from '../../harness/referral-client.ts';
import type { Stack } from '../../harness/start-stack.ts';
import type { WorldPerson } from '../../systems/world/model.ts';

export const FOLLOW_UP = 'query ($id: ID!) { person(id: $id) { health { source { status asOf } followUp { plan } } } }';

export const OWN_PUPIL = `query ($id: ID!) { person(id: $id) { education { source { status } }
  health { source { status } visits { date } } timeline(first: 5) { gaps { department reason } } } }`;

/** Whom the trade union has nothing to do with: in care, no record there, no story. */
export const strangersToUnion = ({ world }: Stack): readonly WorldPerson[] =>
  world.people.filter(({ localIds, story }) => localIds.union.length === 0 && story === null);

const REASON = '当事人在桥上，情绪激动，家属联系不上，需要马上联系其主管医生和社区网格员，防止意外发生';

/** Whom the school has on its books, known to health and not. */
export async function ownPupils(stack: Stack, { token, most }: { token: string; most: number }) {
  const known: string[] = [];
  const unknown: string[] = [];
  for (const { localIds, ...person } of stack.world.people.filter(({ story }) => story === null)) {
    const list = localIds.health.length > 0 ? known : unknown;
    if (localIds.education.length !== 1 || list.length >= most) continue;
    const id = hubIdOf(stack.world, { ...person, localIds });
    const { data } = await askHub(stack.gateway, { token, query: OWN_PUPIL, variables: { id } });
    if (data?.person?.education?.source.status === 'CURRENT') list.push(id);
  }
  return { known, unknown };
}

/** In an emergency access each, of those who have no follow-up: known to health by something else, and not at all. */
export async function withoutFollowUp(stack: Stack, { token, most }: { token: string; most: number }) {
  const known: string[] = [];
  const unknown: string[] = [];
  const { world } = stack;
  for (const person of world.people.filter(({ story }) => story === null)) {
    const id = hubIdOf(world, person);
    const list = person.localIds.health.length > 0 ? known : unknown;
    if (list.length >= most) continue;
    await beginEmergency(stack, { token, id });
    const { data } = await askHub(stack.gateway, {
      token,
      purpose: 'CRISIS_RESPONSE',
      query: FOLLOW_UP,
      variables: { id },
    });
    if (data?.person?.health?.source.status === 'NOT_KNOWN') list.push(id);
  }
  return { known, unknown };
}

export async function beginEmergency({ gateway }: Stack, { token, id }: { token: string; id: string }): Promise<void> {
  const input = { idempotencyKey: `bench-${id}`, personId: id, reason: REASON };
  await askHub(gateway, { token, purpose: 'CRISIS_RESPONSE', query: BEGIN_EMERGENCY, variables: { input } });
}

export const POLICE = 'police-station-390106001';

/** A referral between two others: what the village tells the police. */
export async function reported(stack: Stack): Promise<{ id: string; version: number }> {
  const [person] = strangersToUnion(stack);
  const report = {
    kind: 'MANDATORY_REPORT',
    person: { idNumber: person?.idNumber, name: person?.name },
    reasonCode: 'DOMESTIC_VIOLENCE',
    target: { organisation: POLICE },
  };
  return create(stack, { client: 'village-committee' }, report, 'MANDATORY_REPORTING');
}

/** In the form of a referral's. */
export const noReferral = () => `${Date.now().toString(36).padStart(9, '0')}-${randomUUID()}`;

export const registration = (idNumber: string) => ({
  idempotencyKey: randomUUID(),
  idNumber,
  name: '陈某某',
  localId: `B${randomUUID().slice(0, 12)}`,
  division: '390106',
  basisReference: 'bench-1',
});

export async function registeredElsewhere({ gateway, signIn }: Stack, count: number): Promise<readonly string[]> {
  const token = await signIn.tokenFor('education-system', { scope: 'person:register' });
  const numbers = unusedIdNumbers(count, 100_000);
  for (const idNumber of numbers)
    await askHub(gateway, { token, query: REGISTER, variables: { input: registration(idNumber) } });
  return numbers;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Valid numbers of a district that the sample people do not come from. */
export function unusedIdNumbers(count: number, offset = 0): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const n = i + offset;
    const day = String(1 + (n % 28)).padStart(2, '0');
    const digits = `110105${1950 + (Math.floor(n / 28) % 50)}01${day}${String(Math.floor(n / 1_400)).padStart(3, '0')}`;
    const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (WEIGHTS[at] ?? 0), 0);
    return `${digits}${'10X98765432'[sum % 11] ?? ''}`;
  });
}
