import { describe, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import { GraphQLError } from 'graphql';
import fc from 'fast-check';
import { ANSWER, CONSENT, decision, NAMED, PERSON, run } from './audited.fixture.ts';

test('the record is durable before the basis is looked at again, and that before anything is released', async () => {
  const { answer, order, record } = await run(PERSON, { data: ANSWER, decisions: [decision('p1')] });
  expect(order).toEqual(['executed', 'REQUEST by chain', 'looked again']);
  expect(answer).toEqual({ data: { person: { name: null, health: { visits: [{ date: '2026' }] } } } });
  expect(record).toMatchObject({
    id: 'r-1',
    trace: 'a'.repeat(32),
    outcome: 'ANSWERED',
    others: ['Query.person'],
    coordinates: [['Health.visits', 'Person.health', 'Visit.date']],
    persons: [{ id: 'p1', visible: true, coordinates: 0, shown: { 'health:visits': CONSENT } }],
  });
});

test('case 64: no record, no data; and nothing of the inside', async () => {
  const { answer, order } = await run(PERSON, { data: ANSWER, decisions: [decision('p1')], logDown: true });
  expect(order).toEqual(['executed']);
  expect([answer.data, answer.errors[0].extensions]).toEqual([
    null,
    { code: 'AUDIT_UNAVAILABLE', http: { status: 503 } },
  ]);
});

test('case 64: an emergency goes by way of the spool, and the answer says that it is one', async () => {
  const until = '2026-03-02T03:00:00.000Z';
  const decisions = [decision('p1', { emergencyUntil: until })];
  const { answer, order } = await run(PERSON, { data: ANSWER, decisions, logDown: true });
  expect(order).toEqual(['executed', 'REQUEST by spool', 'looked again']);
  expect(answer.extensions).toEqual({ emergencyAccess: [{ personId: 'p1', until }] });
});

describe('case 62: what is refused or fails is recorded', () => {
  test('nobody there, or no basis', async () => {
    const { record, order } = await run(PERSON, {
      data: { person: null },
      decisions: [decision('p1', { visible: false, standings: {} })],
    });
    expect(record).toMatchObject({
      outcome: 'REFUSED',
      persons: [{ id: 'p1', visible: false, coordinates: null, shown: {} }],
    });
    expect(order).not.toContain('looked again');
  });
  test('a field without its scope', async () => {
    const { record, answer } = await run('{ person(id: "p1") { health { diagnoses { date } } } }', {
      data: { person: { xinqiao_person: 'p1', health: { xinqiao_forbidden_0: 'Health' } } },
      decisions: [decision('p1')],
    });
    expect(record).toMatchObject({
      codes: ['FORBIDDEN_FIELD'],
      forbidden: ['Health.diagnoses'],
      persons: [{ shown: {} }],
    });
    expect(answer.data).toEqual({ person: { health: { diagnoses: null } } });
  });
  test('a source that is down', async () => {
    const errors = [{ message: 'x', path: ['person', 'health'], extensions: { code: 'SOURCE_TIMEOUT' } }];
    const data = { person: { xinqiao_person: 'p1', name: null, health: null } };
    const { record } = await run(PERSON, { data, errors, decisions: [decision('p1')] });
    expect(record).toMatchObject({ codes: ['SOURCE_TIMEOUT'], persons: [{ shown: {}, coordinates: null }] });
  });
  test('an engine that breaks', async () => {
    const { record, answer } = await run(PERSON, { engineFails: true, decisions: [decision('p1')] });
    expect(record).toMatchObject({
      outcome: 'FAILED',
      codes: ['INTERNAL'],
      persons: [{ id: 'p1', coordinates: null }],
    });
    expect(answer).toEqual({ thrown: 'Error: broken' });
  });
  test('an engine that refuses what is too much', async () => {
    const engineFails = new GraphQLError('later', { extensions: { code: 'RATE_LIMITED' } });
    const { record } = await run(PERSON, { engineFails });
    expect(record).toMatchObject({ outcome: 'REFUSED', codes: ['RATE_LIMITED'], persons: [] });
  });
});

test('case 64: a failure that cannot be recorded says only that nothing can be', async () => {
  const { answer } = await run(PERSON, { engineFails: true, logDown: true });
  expect(answer.errors[0].extensions.code).toBe('AUDIT_UNAVAILABLE');
});

test('case 20: what one caller was shown stands in no record of another with the same operation', async () => {
  const strong = await run(PERSON, { data: ANSWER, decisions: [decision('p1')] });
  const weak = await run(PERSON, { data: NAMED, decisions: [decision('p1', { standings: {} })] });
  expect([strong, weak].map(({ record }) => [record.persons[0]?.shown, record.coordinates])).toEqual([
    [{ 'health:visits': CONSENT }, [['Health.visits', 'Person.health', 'Visit.date']]],
    [{}, [['Person.name']]],
  ]);
});

test('introspection is about nobody and leaves no record', async () => {
  expect((await run('{ __typename }', { data: { __typename: 'Query' } })).records).toEqual([]);
});

test('case 65: line breaks and control characters of a caller make no second record', async () => {
  const { record } = await run(PERSON, {
    data: { person: null },
    decisions: [decision('x\n{"kind":"REQUEST"}\u0000\ud800', { visible: false, standings: {} })],
  });
  const line = JSON.stringify(record);
  expect(line.split('\n')).toHaveLength(1);
  expect(JSON.parse(line)).toEqual(record);
  expect(record.persons[0]?.id).toBe('x\n{"kind":"REQUEST"}\u0000\ufffd');
});

test.each([
  ['a person of whom nobody decided', []],
  ['a category without a basis', [decision('p1', { standings: {} })]],
])('nothing goes out with %s, and it is recorded as failed', async (_, decisions) => {
  const { answer, record, order } = await run(PERSON, { data: ANSWER, decisions });
  expect(answer.thrown).toMatch(/without a (decision|basis)/);
  expect(record).toMatchObject({ outcome: 'FAILED', persons: decisions.map(() => ({ shown: {} })) });
  expect(order).not.toContain('looked again');
});

test('two persons under aliases with different fields are told apart, also one within another', async () => {
  const query =
    '{ a: person(id: "p1") { health { visits { date } } } b: person(id: "p2") { name friend { timeline { date } } } }';
  const data = {
    a: { xinqiao_person: 'p1', health: { visits: [] } },
    b: {
      xinqiao_person: 'p2',
      name: 'n',
      friend: { xinqiao_person: 'p3', timeline: [{ date: '1', xinqiao_category: 'health:diagnoses' }] },
    },
  };
  const { record } = await run(query, { data, decisions: ['p1', 'p2', 'p3'].map((id) => decision(id)) });
  expect(
    record.persons.map(({ id, shown, coordinates }) => [id, Object.keys(shown), record.coordinates[coordinates ?? -1]]),
  ).toEqual([
    ['p1', ['health:visits'], ['Health.visits', 'Person.health']],
    ['p2', [], ['Person.friend', 'Person.name']],
    ['p3', ['health:diagnoses'], ['Person.timeline', 'TimelineEvent.date']],
  ]);
});

test('what is recorded is what has a value, for any answer', async () => {
  const visits = fc.option(fc.array(fc.record({ date: fc.option(fc.constant('2026')) }), { maxLength: 2 }));
  const people = fc.array(
    fc.option(fc.record({ name: fc.option(fc.constant('n')), health: fc.option(fc.record({ visits })) })),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(people, async (given) => {
      const persons = given.map((one, i) => one && { xinqiao_person: `p${i}`, ...one });
      const decisions = given.map((_, i) => decision(`p${i}`));
      const { record } = await run('{ persons(ids: []) { name health { visits { date } } } }', {
        data: { persons },
        decisions,
      });
      // In the canonical order already: the audit log has nothing to bring into it.
      expect(JSON.stringify(record)).toBe(canonicalize(record));
      given.forEach((one, i) => {
        const audited = record.persons.find(({ id }) => id === `p${i}`);
        const visits = one?.health?.visits ?? null;
        const seen = Object.entries({
          'Health.visits': visits,
          'Person.health': one?.health ?? null,
          'Person.name': one?.name ?? null,
          'Visit.date': visits?.find(({ date }) => date !== null) ?? null,
        }).flatMap(([coordinate, value]) => (value === null ? [] : [coordinate]));
        expect(audited?.coordinates === null ? [] : record.coordinates[audited?.coordinates ?? -1]).toEqual(seen);
        expect(Object.keys(audited?.shown ?? {})).toEqual(visits === null ? [] : ['health:visits']);
      });
    }),
  );
});
