import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startHealthSystem } from '../../e2e/systems/health/system.ts';
import type { DepartmentSystem } from '../../e2e/systems/shared/department-system.ts';
import { registerOf } from '../../e2e/systems/world/register.ts';
import { createWorld, storyPerson } from '../../e2e/systems/world/world.ts';
import { describeFaults } from '../shared/faults.contract.ts';
import { normaliseIdNumber } from '../shared/id-number.ts';
import { readSettings } from '../shared/settings.ts';
import { wholeRegister } from '../shared/source.contract.ts';
import { describeHealthSource, HEALTH_READS } from './contract.ts';
import { fhirHealthSource } from './fhir-health-source.ts';
import type { HealthSource } from './port.ts';
import { healthSettings } from './settings.ts';

const world = createWorld({ people: 600 });
const localIds = [...new Set(world.people.flatMap((person) => person.localIds.health))];
const pupil = storyPerson(world, 'pupil-in-crisis').localIds.health[0] ?? '';
const adult = storyPerson(world, 'adult-patient').localIds.health;

function sourceOf(system: DepartmentSystem, changed: Record<string, string> = {}): HealthSource {
  const { values, problems } = readSettings(healthSettings, { ...system.settings, ...changed });
  expect(problems).toEqual([]);
  return fhirHealthSource(values);
}

describeHealthSource('health over FHIR, from a FHIR server', async () => {
  const system = await startHealthSystem({ world });
  return {
    source: sourceOf(system),
    knownIds: localIds.slice(0, 100),
    unknownId: 'pat-9999999',
    calls: () => Object.values(system.calls()).reduce((sum, count) => sum + count, 0),
    close: () => system.close(),
  };
});

describe('health over FHIR', () => {
  let system: DepartmentSystem;
  let source: HealthSource;
  beforeAll(async () => {
    system = await startHealthSystem({ world });
    source = sourceOf(system);
  });
  afterAll(() => system.close());

  test('twenty people cost one call a category, as one does', async () => {
    system.resetCalls();
    for (const read of HEALTH_READS) await source[read](localIds.slice(0, 20));
    const each = { visits: 1, diagnoses: 1, assessment: 1, 'follow-up': 1, medication: 1, rehabilitation: 1 };
    expect(system.calls()).toEqual(each);
  });

  test('more people than one call may carry are asked in parts, and all answered', async () => {
    system.resetCalls();
    const { rows } = await source.visitsOf(localIds);
    expect(rows.filter((own) => own === null)).toEqual([]);
    expect(system.calls()).toEqual({ visits: Math.ceil(localIds.length / 100) });
  });

  test('a girl in crisis: what the clinic holds, in the words of the domain', async () => {
    const [diagnoses, assessment, followUp, medication] = await Promise.all([
      source.diagnosesOf([pupil]),
      source.assessmentOf([pupil]),
      source.followUpOf([pupil]),
      source.medicationOf([pupil]),
    ]);
    expect(diagnoses.rows[0]).toMatchObject([
      { system: 'http://hl7.org/fhir/sid/icd-10', code: 'F32.1', clinicalStatus: 'ACTIVE', onset: '2025-11' },
    ]);
    expect(diagnoses.rows[0]?.[0]?.otherCodings).toMatchObject([{ code: 'JW-3201' }]);
    expect(assessment.rows[0]?.map(({ date, level }) => [date, level])).toEqual([
      ['2026-03-24', 'SEVERE'],
      ['2026-10-13', 'MODERATE'],
    ]);
    expect(followUp.rows[0]).toMatchObject([
      { interval: 'P2W', last: '2026-11-10', nextDue: '2026-11-24', worker: '沈佳' },
    ]);
    // The drug's name stands in the formulary, which came along by `_include`.
    expect(medication.rows[0]).toMatchObject([{ display: '盐酸舍曲林片', code: 'N06AB06', to: '2026-12-07' }]);
  });

  test('what a clinician withheld from the patient says so, and nothing else does', async () => {
    const { rows } = await source.diagnosesOf(adult);
    expect(rows.map((own) => own?.map(({ code, withheld }) => [code, withheld]))).toEqual([
      [['F20.0', undefined]],
      [
        ['F20.0', undefined],
        ['F10.2', true],
      ],
    ]);
  });

  test('two hospital numbers of one man keep their own records', async () => {
    const { rows } = await source.rehabilitationOf(adult);
    expect(rows.map((own) => own?.map(({ programme, to }) => [programme, to]))).toEqual([
      [],
      [
        ['服药训练', '2023-08-31'],
        ['职业康复训练', null],
      ],
    ]);
  });

  test('the quirks of the department come out clean and nothing of them is lost', async () => {
    const visits = (await source.visitsOf(localIds)).rows.flatMap((own) => own ?? []);
    const diagnoses = (await source.diagnosesOf(localIds)).rows.flatMap((own) => own ?? []);
    const medication = (await source.medicationOf(localIds)).rows.flatMap((own) => own ?? []);
    const assessment = (await source.assessmentOf(localIds)).rows.flatMap((own) => own ?? []);
    expect(new Set(visits.map((visit) => visit.class))).toContain('OTHER');
    expect(visits.some(({ date }) => date.length < 10)).toBe(true);
    expect(diagnoses.some(({ code, system: of }) => code === 'JW-Z901' && of !== null)).toBe(true);
    expect(diagnoses.some(({ clinicalStatus }) => clinicalStatus === 'OTHER')).toBe(true);
    expect(diagnoses.every(({ verification }) => verification !== 'OTHER')).toBe(true);
    expect(medication.some(({ display }) => display === null)).toBe(true);
    expect(new Set(assessment.map(({ level }) => level))).toEqual(
      new Set(['NONE', 'MILD', 'MODERATE', 'SEVERE', 'OTHER', null]),
    );
  });

  test('a visit that was transferred twice is one visit', async () => {
    const twice = await transferredTwice(system);
    const { rows } = await source.visitsOf([twice.localId]);
    expect(rows[0]).toHaveLength(twice.visits);
  });

  test('the register holds every line of the department, numbers made whole, merged records under the survivor', async () => {
    const entries = await wholeRegister(source);
    const expected = registerOf(world, 'health').map(({ localId, idNumber, sex, name }) => ({
      localId,
      name,
      sex,
      idNumber: normaliseIdNumber(idNumber ?? ''),
    }));
    expect(expected.length).toBeGreaterThan(100);
    expect(entries.map(({ localId, name, sex, idNumber }) => ({ localId, name, sex, idNumber }))).toEqual(expected);
    expect(new Set(entries.map(({ localId }) => localId))).toEqual(new Set(localIds));
  });

  test('case 52: characters that mean something in a search never reach one', async () => {
    system.resetCalls();
    const hostile = [
      `${pupil},${adult[0]}`,
      `|${pupil}`,
      `${pupil}$x`,
      `${pupil}\\`,
      `${pupil}&_include=*`,
      '../metadata',
    ];
    expect((await source.visitsOf(hostile)).rows).toEqual(hostile.map(() => null));
    expect(system.calls()).toEqual({});
  });

  test('a wrong token is told apart from nobody', async () => {
    const stranger = sourceOf(system, { HEALTH_TOKEN: 'wrong' });
    await expect(stranger.visitsOf([pupil])).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    await expect(stranger.probe()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  describeFaults(
    () => system,
    async (broken, timeoutMs) => sourceOf(broken, { HEALTH_TIMEOUT_MS: timeoutMs }).visitsOf([pupil]),
  );
});

/** Finds, by asking the FHIR server itself, a patient one of whose visits stands there twice. */
async function transferredTwice({ settings }: DepartmentSystem) {
  for (const localId of localIds) {
    const answer = await fetch(`${settings.HEALTH_URL}/Encounter?patient=${localId}&_count=100`, {
      headers: { authorization: `Bearer ${settings.HEALTH_TOKEN}` },
    });
    const text = await answer.text();
    const numbers = [...text.matchAll(/"value":"(JZ-[^"]+)"/g)].map(([, number]) => number);
    if (new Set(numbers).size < numbers.length) return { localId, visits: new Set(numbers).size };
  }
  throw new Error('no visit was transferred twice');
}
