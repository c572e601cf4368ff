import { describe, expect, test } from '@jest/globals';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { HTTP_MISUSES, type HttpMisuse, misuseHandler } from '../shared/http-misuse.fixture.ts';
import { HEALTH_READS } from './contract.ts';
import type { HealthSource } from './port.ts';
import {
  about,
  BASE,
  bundle,
  codesOf,
  condition,
  FHIR_JSON,
  mockedServer,
  patient,
  sourceWith,
} from './server.fixture.ts';

const { server, answers } = mockedServer();

describe('a health server that misbehaves over HTTP', () => {
  test.each(Object.keys(HTTP_MISUSES) as HttpMisuse[])('%s ends every question in the right code', async (misuse) => {
    server.use(misuseHandler(misuse, BASE, { contentType: FHIR_JSON }));
    const questions: ((source: HealthSource) => Promise<unknown>)[] = [
      ...HEALTH_READS.map((read) => (source: HealthSource) => source[read](['a'])),
      (source) => source.register(null),
      (source) => source.probe(),
    ];
    const expected = { code: HTTP_MISUSES[misuse].code, source: 'health' };
    // A source of its own for each: failures in a row open the circuit breaker, which answers for the server.
    const fresh = () => sourceWith({ timeoutMs: misuse === 'hang' ? 60 : 2_000 });
    await Promise.all(questions.map((ask) => expect(ask(fresh())).rejects.toMatchObject(expected)));
  });

  test('a wrong base URL is no empty answer: 404 is SOURCE_INVALID', async () => {
    server.use(http.get(`${BASE}/*`, () => HttpResponse.json(bundle([patient('a')]), { status: 404 })));
    await expect(codesOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });
});

describe('a health server whose FHIR is wrong', () => {
  test.each([
    ['another resource', { resourceType: 'Patient', id: 'a' }],
    ['another kind of bundle', { resourceType: 'Bundle', type: 'history' }],
    ['an entry without a resource', { ...bundle([]), entry: [{ search: { mode: 'match' } }] }],
    ['an array', []],
    ['null', null],
  ])('%s in place of a search result is SOURCE_INVALID', async (_, body) => {
    server.use(http.get(`${BASE}/*`, () => HttpResponse.json(body as JsonBodyType)));
    await expect(codesOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test.each([
    ['error', 'processing', 'SOURCE_INVALID'],
    ['fatal', 'exception', 'SOURCE_UNAVAILABLE'],
    ['error', 'throttled', 'SOURCE_UNAVAILABLE'],
  ])('an OperationOutcome %s (%s) among the rows is %s', async (severity, code, expected) => {
    const outcome = { resource: { resourceType: 'OperationOutcome', issue: [{ severity, code, diagnostics: '王' }] } };
    answers(bundle([patient('a'), outcome]));
    await expect(codesOf()).rejects.toMatchObject({ code: expected });
  });

  test('labels that cannot be read withhold the row and lose neither it nor its neighbours', async () => {
    const labels = [{ code: 'R' }, [{ code: 'NOPAT' }], 'NOPAT', [{ code: 5 }], [null]];
    const rows = labels.map((security, i) => condition(`${i}`, 'Patient/a', { meta: { security } }));
    answers(bundle([patient('a'), condition('9', 'Patient/a', { meta: { security: [{ code: 'R' }] } }), ...rows]));
    const [own] = (await sourceWith().diagnosesOf(['a'])).rows;
    expect(own?.map(({ code, withheld = false }) => [code, withheld])).toEqual([
      ['F9', false],
      ...labels.map((_, i) => [`F${i}`, true]),
    ]);
  });

  test('a warning among the rows does no harm', async () => {
    const issue = [{ severity: 'warning', code: 'not-found' }];
    answers(bundle([patient('a'), { resource: { resourceType: 'OperationOutcome', issue } }]));
    expect(await codesOf()).toEqual([[], null]);
  });

  test('a patient who was not asked for is SOURCE_INVALID: the server did not search', async () => {
    answers(bundle([patient('a'), patient('c'), condition('1', 'Patient/c')]));
    await expect(codesOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('a row about somebody else, about nobody or about a patient of another server is nobody’s', async () => {
    const rows = ['Patient/c', 'Group/a', 'http://elsewhere.test/fhir/R4/Patient/a', '#a', 'Patient/a/x', 'Patient/'];
    answers(bundle([patient('a'), ...rows.map((of, i) => condition(`${i}`, of)), condition('9', 'Patient/a')]));
    expect(await codesOf()).toEqual([['F9'], null]);
  });

  test('absolute and versioned references to the patient are understood', async () => {
    const rows = [condition('1', `${BASE}/Patient/a`), condition('2', 'Patient/a/_history/3')];
    answers(bundle([patient('a'), ...rows]));
    expect(await codesOf()).toEqual([['F1', 'F2'], null]);
  });

  test('a malformed row is set aside and told without its values; the others stand', async () => {
    const warnings: object[] = [];
    answers(bundle([patient('a'), condition('1', 'Patient/a', { code: { text: 7 } }), condition('2', 'Patient/a')]));
    expect(await codesOf(sourceWith({ warnings }))).toEqual([['F2'], null]);
    expect(warnings).toEqual([
      { source: 'health', list: 'Condition', setAside: 1, of: 2, reason: expect.stringContaining('code.text') },
    ]);
    expect(JSON.stringify(warnings)).not.toMatch(/诊断|Patient\/a/);
  });

  test('where no row can be used the read fails: an empty list would be a lie', async () => {
    answers(bundle([patient('a'), condition('1', 'Patient/a', { code: {} })]));
    await expect(codesOf()).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test('a record that was entered in error does not show', async () => {
    const verificationStatus = { coding: [{ code: 'entered-in-error' }] };
    answers(bundle([patient('a'), condition('1', 'Patient/a', { verificationStatus }), condition('2', 'Patient/a')]));
    expect(await codesOf()).toEqual([['F2'], null]);
  });

  test('of the copies of a visit the withdrawn one hides none that stands', async () => {
    const visit = (id: string, status: string) =>
      about({
        resourceType: 'Encounter',
        id,
        status,
        identifier: [{ system: 's', value: 'JZ-1' }],
        subject: { reference: 'Patient/a' },
        period: { start: '2026-03-24' },
      });
    answers(bundle([patient('a'), visit('1', 'entered-in-error'), visit('2', 'finished'), visit('3', 'finished')]));
    expect((await sourceWith().visitsOf(['a'])).rows).toMatchObject([[{ date: '2026-03-24', status: 'FINISHED' }]]);
  });

  test('case 57: control and bidirectional characters in given names do not come through', async () => {
    const name = [{ family: '王\u202e', given: ['小\u0000', '\u2066明'] }];
    answers(bundle([{ resource: { resourceType: 'Patient', id: 'a', name } }]));
    expect((await sourceWith().register(null)).entries).toMatchObject([{ localId: 'a', name: '王小明' }]);
  });

  test.each([
    ['a name in ten thousand parts', { name: [{ given: Array.from({ length: 10_000 }, () => '小') }] }],
    ['an id that is none', { id: 'a\u202eb' }],
  ])('%s makes no line of the register', async (_, more) => {
    answers(bundle([patient('b'), { resource: { resourceType: 'Patient', id: 'a', ...more } }]));
    expect((await sourceWith().register(null)).entries.map(({ localId }) => localId)).toEqual(['b']);
  });

  test.each([
    ['a text longer than any', { code: { text: '抑'.repeat(1_001) } }],
    ['more codes than any', { code: { coding: Array.from({ length: 51 }, (_, i) => ({ code: `F${i}` })) } }],
  ])('%s sets its row aside: it would fill whoever asks', async (_, more) => {
    answers(bundle([patient('a'), condition('1', 'Patient/a', more), condition('2', 'Patient/a')]));
    expect(await codesOf()).toEqual([['F2'], null]);
  });

  test('case 57: control and bidirectional characters in names do not come through', async () => {
    const code = { text: '抑郁\u202e\u0000发作', coding: [{ code: 'Ｆ３２' }] };
    answers(bundle([patient('a'), condition('1', 'Patient/a', { code, onsetDateTime: '2025-13' })]));
    const { rows } = await sourceWith().diagnosesOf(['a']);
    expect(rows[0]).toMatchObject([{ display: '抑郁发作', code: 'F32', onset: null }]);
  });
});

describe('the drug of a prescription', () => {
  const prescription = (more: object) =>
    about({
      resourceType: 'MedicationRequest',
      id: 'm',
      subject: { reference: 'Patient/a' },
      authoredOn: '2026-04',
      ...more,
    });
  const drug = { resourceType: 'Medication', id: 'd', code: { coding: [{ system: 's', code: 'c', display: '药' }] } };
  const drugOf = async (...entry: readonly object[]) => {
    answers(bundle([patient('a'), ...entry]));
    const row = (await sourceWith().medicationOf(['a'])).rows[0]?.[0];
    return [row?.display, row?.code];
  };

  test.each([
    ['sent along', [prescription({ medicationReference: { reference: 'Medication/d' } }), about(drug)], ['药', 'c']],
    ['contained', [prescription({ medicationReference: { reference: '#d' }, contained: [drug] })], ['药', 'c']],
    ['only named', [prescription({ medicationReference: { reference: 'Medication/x', display: '名' } })], ['名', null]],
    ['missing', [prescription({ medicationReference: { reference: 'Medication/x' } }), about(drug)], [null, null]],
    [
      'on another host',
      [prescription({ medicationReference: { reference: 'http://e.test/Medication/d' } }), about(drug)],
      [null, null],
    ],
    [
      'no drug but another person’s diagnosis',
      [
        prescription({ medicationReference: { reference: 'Condition/1' } }),
        condition('1', 'Patient/b', { code: { text: '抑郁发作' } }),
      ],
      [null, null],
    ],
    [
      'no drug but a contained diagnosis',
      [
        prescription({
          medicationReference: { reference: '#1' },
          contained: [{ resourceType: 'Condition', id: '1', code: { text: '抑郁发作' } }],
        }),
      ],
      [null, null],
    ],
  ])('is found when it is %s', async (_, entry, expected) => {
    expect(await drugOf(...entry)).toEqual(expected);
  });
});

const SURVEY = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] }];

describe('a score', () => {
  test.each([
    { valueInteger: 27 },
    { valueQuantity: { value: 27 } },
    { valueString: '27 分' },
    { component: [{ code: { text: '总分' }, valueInteger: 27 }] },
    { valueCodeableConcept: { coding: [{ code: '27' }], text: '重度（27 分）' } },
  ])('never leaves the department: %j', async (value) => {
    const observation = {
      resourceType: 'Observation',
      id: 'o',
      subject: { reference: 'Patient/a' },
      effectiveDateTime: '2026-03',
      category: SURVEY,
    };
    answers(bundle([patient('a'), about({ ...observation, code: { text: 'PHQ-9' }, ...value })]));
    const { rows } = await sourceWith().assessmentOf(['a']);
    expect(rows[0]).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('27');
  });
});
