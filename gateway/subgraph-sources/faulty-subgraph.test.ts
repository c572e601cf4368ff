import { composeServices } from '@apollo/composition';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { silentLog } from '../../subgraphs/shared/log.ts';
import { hubEngine, type HubEngine } from '../engine/hub-engine.ts';
import { gatewayContext } from '../gateway-context.ts';
import { okAnswer, type RawRequest, rawSubgraph } from './http/raw-subgraph.fixture.ts';
import { remoteCall } from './remote-call.ts';
import { subgraphSource } from './subgraph-source.ts';

/** Issue 6, faults of a subgraph: what a whole request comes to when the subgraph of a part of it does this. */
const FEDERATION = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const PERSON = 'type Person @key(fields: "id") { id: ID!';
const { supergraphSdl = '' } = composeServices([
  {
    name: 'person',
    url: '',
    typeDefs: parse(`${FEDERATION} type Query { people(ids: [ID!]!): [Person!]! } ${PERSON} name: String }`),
  },
  { name: 'health', url: '', typeDefs: parse(`${FEDERATION} ${PERSON} visits: [String!] mood: String }`) },
  { name: 'school', url: '', typeDefs: parse(`${FEDERATION} ${PERSON} grade: Int }`) },
]);
const TIMEOUT_MS = 400;
const QUERY = 'query ($ids: [ID!]!) { people(ids: $ids) { id name visits mood } }';

let fault: (request: RawRequest, ids: readonly string[]) => void;
const bodyOf = ({ text }: RawRequest) =>
  JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as {
    query: string;
    variables: Record<string, readonly string[]> & { representations?: readonly { id: string }[] };
  };
const person = await rawSubgraph((request) => {
  const { query, variables } = bodyOf(request);
  const asked = [...query.matchAll(/(?:(\w+):\s*)?people\(ids:\s*\$(\w+)\)/g)];
  const data = asked.map(([, alias = 'people', variable = '']) => {
    const people = (variables[variable] ?? []).map((id) => ({ __typename: 'Person', id, name: `name ${id}` }));
    return [alias, people] as const;
  });
  request.socket.write(okAnswer(JSON.stringify({ data: Object.fromEntries(data) })));
});
const health = await rawSubgraph((request) =>
  fault(
    request,
    (bodyOf(request).variables.representations ?? []).map(({ id }) => id),
  ),
);
const school = await rawSubgraph(({ socket }) => void socket.write(answering([{ __typename: 'Person' }])));
let engine: HubEngine;

beforeAll(async () => {
  const urls = new Map([
    ['person', person.url.href],
    ['health', health.url.href],
    ['school', school.url.href],
  ]);
  engine = await hubEngine({
    supergraphSdl,
    log: silentLog,
    sourceOf: ({ name }) => {
      const call = remoteCall({
        name,
        url: urls.get(name) ?? '',
        timeoutMs: TIMEOUT_MS,
        assertionKey: null,
        retries: 0,
        failuresToOpen: 1_000,
      });
      return subgraphSource(name, call, { log: silentLog });
    },
  });
});
afterAll(async () => {
  await engine.stop();
  await Promise.all([person, health, school].map(async (one) => one.close()));
});

async function executed(query: string, variables: object = {}) {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation expected');
  const { signal } = new AbortController();
  const context = gatewayContext({ hub: null, requestId: 'r', signal, traceparent: null });
  const request = { document, operation, queryHash: query, operationName: null, variables: { ...variables }, context };
  const { data, errors = [] } = await engine.execute(request);
  const told = errors.map(({ path, extensions }) => `${(path ?? ['nowhere']).join('.')} ${String(extensions?.code)}`);
  return { data: data as Record<string, unknown>, errors: told };
}

async function asked(...ids: readonly string[]) {
  const { data, errors } = await executed(QUERY, { ids });
  return { people: data.people, errors };
}

const entity = (id: string) => ({ __typename: 'Person', visits: [`visit of ${id}`], mood: `mood of ${id}` });
const whole = (id: string) => ({ id, name: `name ${id}`, visits: [`visit of ${id}`], mood: `mood of ${id}` });
const without = (id: string) => ({ id, name: `name ${id}`, visits: null, mood: null });
const answering = (entities: readonly unknown[], errors?: readonly unknown[]) =>
  okAnswer(JSON.stringify({ data: { _entities: entities }, errors }));
const deep = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
const everywhere = (code: string) => ['0.visits', '0.mood', '1.visits', '1.mood'].map((at) => `people.${at} ${code}`);

test.each<[string, typeof fault, string]>([
  ['never answers', () => {}, 'SOURCE_TIMEOUT'],
  ['hangs up', ({ socket }) => void socket.destroy(), 'SOURCE_UNAVAILABLE'],
  ['answers half', ({ socket }) => void socket.end(answering(['a', 'b'].map(entity)).slice(0, -9)), 'SOURCE_INVALID'],
  ['answers fewer entities', ({ socket }) => void socket.write(answering([entity('a')])), 'SOURCE_INVALID'],
  [
    'answers more entities',
    ({ socket }) => void socket.write(answering(['x', 'a', 'b'].map(entity))),
    'SOURCE_INVALID',
  ],
  ['answers no list', ({ socket }) => void socket.write(answering({} as never)), 'SOURCE_INVALID'],
  [
    'answers another operation',
    ({ socket }) => void socket.write(okAnswer('{"data":{"people":[]}}')),
    'SOURCE_INVALID',
  ],
  ['answers in a page', ({ socket }) => void socket.write(okAnswer('<html>')), 'SOURCE_INVALID'],
  [
    'answers 503',
    ({ socket }) => void socket.write('HTTP/1.1 503 x\r\ncontent-length: 0\r\n\r\n'),
    'SOURCE_UNAVAILABLE',
  ],
  ['speaks another protocol', ({ socket }) => void socket.write('SSH-2.0-OpenSSH_9.9\r\n\r\n'), 'SOURCE_INVALID'],
  [
    'answers an abyss',
    ({ socket }) => void socket.write(okAnswer(`{"data":{"_entities":[${deep(100_000)},${deep(9)}]}}`)),
    'SOURCE_INVALID',
  ],
  [
    'says that it answers 100 MB',
    ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n{'),
    'SOURCE_INVALID',
  ],
  [
    'answers errors without data',
    ({ socket }) => void socket.write(okAnswer('{"errors":[{"message":"x","extensions":{"code":"REFUSED"}}]}')),
    'REFUSED',
  ],
])('a subgraph that %s: its part is null with a code at each path, the rest stands', async (_, behaviour, code) => {
  fault = behaviour;
  const { people, errors } = await asked('a', 'b');
  expect(people).toEqual(['a', 'b'].map(without));
  expect(errors.toSorted()).toEqual(everywhere(code).toSorted());
});

test('one that answers twice is heard once, and nobody gets the second', async () => {
  fault = ({ socket }, ids) => void socket.write(answering(ids.map(entity)).repeat(2));
  for (const id of ['a', 'b', 'c']) expect(await asked(id)).toEqual({ people: [whole(id)], errors: [] });
});

test('one that answers after the deadline is not heard, and the next request gets its own answer', async () => {
  const late: (() => void)[] = [];
  fault = ({ socket }, ids) => void late.push(() => socket.write(answering(ids.map(entity))));
  const { errors } = await asked('a', 'b');
  expect(errors.toSorted()).toEqual(everywhere('SOURCE_TIMEOUT').toSorted());
  fault = ({ socket }, ids) => {
    for (const answer of late.splice(0)) answer();
    socket.write(answering(ids.map(entity)));
  };
  for (const id of ['c', 'd']) expect(await asked(id)).toEqual({ people: [whole(id)], errors: [] });
  expect(late).toEqual([]);
});

test('case 45: 100 MB are cut off at the limit, with bounded memory', async () => {
  const piece = `${(1_000_000).toString(16)}\r\n${' '.repeat(1_000_000)}\r\n`;
  let sent = 0;
  fault = ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
    const more = () => {
      sent += 1;
      if (sent < 100 && !socket.destroyed) socket.write(piece, more);
    };
    more();
  };
  const { people, errors } = await asked('a', 'b');
  expect(people).toEqual(['a', 'b'].map(without));
  expect(errors.toSorted()).toEqual(everywhere('SOURCE_INVALID').toSorted());
  expect(sent).toBeLessThan(40);
});

test('data and errors together: what is there is shown, what is missing has its error', async () => {
  const error = { message: 'x', path: ['_entities', 1, 'visits'], extensions: { code: 'NO_BASIS' } };
  fault = ({ socket }) => void socket.write(answering([entity('a'), { ...entity('b'), visits: null }], [error]));
  expect(await asked('a', 'b')).toEqual({
    people: [whole('a'), { ...whole('b'), visits: null }],
    errors: ['people.1.visits NO_BASIS'],
  });
});

/** Of a person of whom the school always leaves out what it was asked for. */
async function askedSchool() {
  const { data, errors } = await executed('query ($ids: [ID!]!) { people(ids: $ids) { mood grade } }', { ids: ['a'] });
  return { people: data.people, errors };
}

test('an error without a path is told as it came, and explains nothing that another subgraph left out', async () => {
  fault = ({ socket }) => void socket.write(answering([{ ...entity('a'), mood: null }], [{ message: 'x' }]));
  expect(await askedSchool()).toEqual({
    people: [{ mood: null, grade: null }],
    errors: ['nowhere DOWNSTREAM_SERVICE_ERROR', 'people.0.grade SOURCE_INVALID'],
  });
});

test('an entity that one subgraph does not have is missing there in silence, and nowhere else', async () => {
  fault = ({ socket }) => void socket.write(answering([null]));
  expect(await askedSchool()).toEqual({
    people: [{ mood: null, grade: null }],
    errors: ['people.0.grade SOURCE_INVALID'],
  });
});

test.each<[string, unknown]>([
  ['of another type', { ...entity('b'), __typename: 'Robot' }],
  ['that is a list', [entity('b')]],
  ['that is a text', 'b'],
  ['with a text for a list', { ...entity('b'), visits: 'x' }],
  ['with an object for a text', { ...entity('b'), mood: { of: 'b' } }],
])('an entity %s is not shown as one; the other is', async (_, wrong) => {
  fault = ({ socket }) => void socket.write(answering([entity('a'), wrong]));
  const { people, errors } = await asked('a', 'b');
  expect(people).toEqual([whole('a'), expect.objectContaining({ id: 'b', name: 'name b' })]);
  expect(JSON.stringify(people)).not.toMatch(/Robot|"of"|"x"/);
  expect(errors).toEqual(expect.arrayContaining([expect.stringMatching(/^people\.1/)]));
});

test('fetches that shared a call are each answered when it failed: who spoils it goes without alone', async () => {
  const seen: number[] = [];
  fault = ({ socket }, ids) => {
    seen.push(ids.length);
    if (ids.includes('bad')) socket.write('HTTP/1.1 500 x\r\ncontent-length: 0\r\n\r\n');
    else socket.write(answering(ids.map(entity)));
  };
  const parts = ['a', 'bad', 'c'].map((id) => `${id}: people(ids: $${id}) { id name visits mood }`);
  const query = `query ($a: [ID!]!, $bad: [ID!]!, $c: [ID!]!) { ${parts.join(' ')} }`;
  const { data, errors } = await executed(query, { a: ['a'], bad: ['bad'], c: ['c'] });
  expect(data).toEqual({ a: [whole('a')], bad: [without('bad')], c: [whole('c')] });
  expect(errors.toSorted()).toEqual(['bad.0.mood SOURCE_UNAVAILABLE', 'bad.0.visits SOURCE_UNAVAILABLE']);
  expect(Math.max(...seen)).toBeGreaterThan(1);
});
