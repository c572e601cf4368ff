import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startCivilAffairsSystem } from '../../e2e/systems/civil-affairs/system.ts';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { registerOf } from '../../e2e/systems/world/register.ts';
import { createWorld } from '../../e2e/systems/world/world.ts';
import { describeFaults } from '../shared/faults.contract.ts';
import { normaliseIdNumber } from '../shared/id-number.ts';
import { readSettings } from '../shared/settings.ts';
import { wholeRegister } from '../shared/source.contract.ts';
import { CIVIL_AFFAIRS_READS, describeCivilAffairsSource } from './contract.ts';
import type { CivilAffairsSource } from './port.ts';
import { civilAffairsSettings } from './settings.ts';
import { soapCivilAffairsSource } from './soap-civil-affairs-source.ts';

const world = createWorld({ people: 600 });
const personNos = [...new Set(world.people.flatMap(({ localIds }) => localIds['civil-affairs']))];

function sourceOf(system: DepartmentSystem, changed: Record<string, string> = {}): CivilAffairsSource {
  const { values, problems } = readSettings(civilAffairsSettings, { ...system.settings, ...changed });
  expect(problems).toEqual([]);
  return soapCivilAffairsSource(values);
}

describeCivilAffairsSource('civil affairs over SOAP, from a real SOAP stack', async () => {
  const system = await startCivilAffairsSystem({ world });
  return {
    source: sourceOf(system),
    knownIds: personNos.slice(0, 150),
    unknownId: 'MZ/2025/999999',
    calls: () => Object.values(system.calls()).reduce((sum, count) => sum + count, 0),
    close: system.close,
  };
});

describe('civil affairs over SOAP', () => {
  let system: DepartmentSystem;
  let source: CivilAffairsSource;
  beforeAll(async () => {
    system = await startCivilAffairsSystem({ world });
    source = sourceOf(system);
  });
  afterAll(() => system.close());

  test('everybody whom the bureau knows is in its register', async () => {
    const ids = (await wholeRegister(source)).map(({ localId }) => localId);
    expect(new Set(ids)).toEqual(new Set(personNos));
    expect(ids.length).toBeGreaterThan(100);
  });

  test('a batch costs one call a category; more than the contract allows is cut into as few as possible', async () => {
    system.resetCalls();
    await Promise.all(CIVIL_AFFAIRS_READS.map(async (read) => source[read](personNos.slice(0, 20))));
    expect(system.calls()).toEqual({ assistance: 1, 'child-welfare': 1, 'elderly-care': 1, 'family-guidance': 1 });
    const many = Array.from({ length: 300 }, (_, i) => personNos[i] ?? `MZ/2024/${900_000 + i}`);
    expect((await source.assistanceOf(many)).rows).toHaveLength(300);
    expect(system.calls().assistance).toBe(3);
  });

  test('code sets, amounts, dates and rows that stand twice come out clean', async () => {
    const { rows } = await source.assistanceOf(personNos);
    const all = rows.flatMap((own) => own ?? []);
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(5);
    expect(all.filter(({ kind, kindDisplay }) => kind === 'OTHER' && kindDisplay === null)).toEqual([]);
    expect(all.some(({ amountCny }) => (amountCny ?? 0) >= 1_000)).toBe(true);
    for (const own of rows) expect(new Set(own?.map((row) => JSON.stringify(row))).size).toBe(own?.length ?? 0);
  });

  test('a guardian has a masked name, and counselling text never comes through', async () => {
    const { rows: children } = await source.childWelfareOf(personNos);
    const guardians = children.flatMap((own) => own ?? []).flatMap(({ guardianName }) => guardianName ?? []);
    expect(guardians.length).toBeGreaterThan(0);
    for (const guardian of guardians) expect(guardian).toMatch(/^\S{0,2}\*\*$/);
    const { rows: guidance } = await source.familyGuidanceOf(personNos);
    expect(guidance.some((own) => own?.length)).toBe(true);
    expect(JSON.stringify(guidance)).not.toContain('谈话');
  });

  test('the register, answered in GBK, says what the world planted', async () => {
    const { entries } = await source.register(null);
    const lines = registerOf(world, 'civil-affairs').slice(0, entries.length);
    expect(
      entries.map(({ localId, name, idNumber, sex, birthDate }) => ({ localId, name, idNumber, sex, birthDate })),
    ).toEqual(
      lines.map(({ localId, name, idNumber, sex, birthDate }) => ({
        localId,
        name,
        idNumber: normaliseIdNumber(idNumber ?? ''),
        sex,
        birthDate,
      })),
    );
  });

  test('a wrong password is SOURCE_UNAVAILABLE and is not tried again', async () => {
    system.resetCalls();
    const stranger = sourceOf(system, { CIVIL_AFFAIRS_PASSWORD: 'guess' });
    await expect(stranger.probe()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', transient: false });
    expect(system.calls()).toEqual({});
  });

  test('a page token that the service never gave is SOURCE_INVALID', async () => {
    await expect(source.register('made-up')).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  describeFaults(
    () => system,
    async (broken, timeoutMs) =>
      sourceOf(broken, { CIVIL_AFFAIRS_TIMEOUT_MS: timeoutMs }).assistanceOf(personNos.slice(0, 3)),
  );

  test('case 51: the contract beside the adapter is that of the service and imports nothing', () => {
    const ours = readFileSync(new URL('civil-affairs.wsdl', import.meta.url), 'utf8');
    const theirs = readFileSync(new URL('../../e2e/systems/civil-affairs/civil-affairs.wsdl', import.meta.url), 'utf8');
    expect(ours).toBe(theirs);
    expect(ours).not.toMatch(/<[\w:]*(import|include|redefine)\b|schemaLocation|<!DOCTYPE/i);
  });
});
