import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { fhirHealthSource } from './fhir-health-source.ts';

const BASE = 'http://health.test/fhir/R4';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function sourceWith({ warnings = [] }: { warnings?: object[] } = {}) {
  return fhirHealthSource(
    { HEALTH_URL: BASE, HEALTH_TOKEN: 'token', HEALTH_TIMEOUT_MS: 2_000 },
    { log: { warn: (details) => warnings.push(details) } },
  );
}

const patient = (id: string) => ({ resource: { resourceType: 'Patient', id } });
const about = (resource: object) => ({ resource });
const bundle = (entry: readonly object[]): JsonBodyType => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: [...entry],
});
const answer = (body: JsonBodyType) =>
  server.use(
    http.get(`${BASE}/*`, () => HttpResponse.json(body, { headers: { 'content-type': 'application/fhir+json' } })),
  );

const SURVEY = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] }];

describe('what is not of the category', () => {
  const codes = 'https://emr.health.example/codes';
  const of = (system: string, code: string) => [{ coding: [{ system, code }], text: '名' }];
  const survey = (id: string, more: object) =>
    about({
      resourceType: 'Observation',
      id,
      subject: { reference: 'Patient/a' },
      effectiveDateTime: '2026-03',
      code: { text: id },
      ...more,
    });
  const plan = (id: string, category?: object) =>
    about({ resourceType: 'CarePlan', id, status: 'active', subject: { reference: 'Patient/a' }, title: id, category });
  const episode = (id: string, type?: object) =>
    about({ resourceType: 'EpisodeOfCare', id, patient: { reference: 'Patient/a' }, type, period: { start: '2026' } });

  test('is left out without a word: a temperature is no assessment, a diet no follow-up, a stay no rehabilitation', async () => {
    const warnings: object[] = [];
    const source = sourceWith({ warnings });
    answer(
      bundle([
        patient('a'),
        survey('体温', { category: of('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs') }),
        survey('无类', {}),
        survey('他码', { category: of('http://elsewhere.test', 'survey') }),
        survey('PHQ-9', { category: SURVEY }),
        plan('膳食', of(`${codes}/care-plan-category`, 'diet')),
        plan('无类'),
        plan('随访', of(`${codes}/care-plan-category`, 'follow-up')),
        episode('e1', of(`${codes}/episode-type`, 'inpatient')),
        episode('e2', [{ text: '住院' }]),
        episode('e3', [
          { text: '社区' },
          { coding: of(`${codes}/episode-type`, 'rehabilitation')[0]?.coding, text: '服药训练' },
        ]),
      ]),
    );
    expect((await source.assessmentOf(['a'])).rows).toMatchObject([[{ instrument: 'PHQ-9' }]]);
    expect((await source.followUpOf(['a'])).rows).toMatchObject([[{ plan: '随访' }]]);
    expect((await source.rehabilitationOf(['a'])).rows).toMatchObject([[{ programme: '服药训练' }]]);
    expect(warnings).toEqual([]);
  });

  test('where it is all there is, the answer is an empty list and no error', async () => {
    answer(bundle([patient('a'), survey('体温', {}), plan('膳食'), episode('e', [{ text: '住院' }])]));
    const source = sourceWith();
    const reads = [source.assessmentOf(['a']), source.followUpOf(['a']), source.rehabilitationOf(['a'])];
    expect((await Promise.all<{ rows: unknown }>(reads)).map(({ rows }) => rows)).toEqual([[[]], [[]], [[]]]);
  });

  test('a category that cannot be read is a bad row, not another category', async () => {
    answer(bundle([patient('a'), survey('PHQ-9', { category: 'survey' })]));
    await expect(sourceWith().assessmentOf(['a'])).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  });

  test.each([
    [[{ type: 'Organization', display: '医院' }], '医院'],
    [
      [
        { reference: 'Practitioner/7', display: '王医生' },
        { reference: 'Organization/1', display: '医院' },
      ],
      '医院',
    ],
    [[{ reference: 'http://e.test/fhir/Organization/1/_history/2', display: '医院' }], '医院'],
    [[{ reference: 'Practitioner/7', display: '王医生' }], null],
    [[{ type: 'Organization', reference: 'Practitioner/7', display: '王医生' }], null],
    [[{ type: 'Practitioner', display: '王医生' }], null],
    [[{ display: '王医生' }], null],
  ])('of the performers %j the organisation is %p', async (performer, organisation) => {
    const category = of(`${codes}/care-plan-category`, 'follow-up');
    answer(
      bundle([
        patient('a'),
        survey('PHQ-9', { category: SURVEY, performer }),
        about({ ...plan('随访', category).resource, contributor: performer }),
      ]),
    );
    expect((await sourceWith().assessmentOf(['a'])).rows).toMatchObject([[{ organisation }]]);
    expect((await sourceWith().followUpOf(['a'])).rows).toMatchObject([[{ organisation }]]);
  });
});
