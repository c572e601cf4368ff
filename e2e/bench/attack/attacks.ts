import { createHash, randomUUID } from 'node:crypto';
import { requestBytes } from '../gateway/request-bytes.ts';
import type { Connections } from './connections.ts';

/** What an attacker knows: the hub's address, a token with its limits, and people whom its department may see. */
export interface Target {
  readonly url: string;
  readonly token: string;
  readonly ids: readonly string[];
}

/** Goes on until the process ends. */
type Attack = (target: Target, connections: Connections) => void;

interface Described {
  readonly what: string;
  readonly start: Attack;
}

const FACET = `education { source { status asOf } enrolment { school grade status } counselling { kind opened sessions lastDate }
  assessment { instrument date level } protection { kind opened status } }`;

function request({ url, token }: Target, body: object, headers: Readonly<Record<string, string>> = {}): Buffer {
  return requestBytes(url, body, { authorization: `Bearer ${token}`, 'x-purpose-of-use': 'CARE', ...headers });
}

const persons = (target: Target) =>
  request(target, {
    query: `query ($ids: [ID!]!) { persons(ids: $ids) { id maskedName access { category basis } ${FACET} timeline(first: 200) { edges { node { title } } } } }`,
    variables: { ids: target.ids },
  });

const newText = () => `query Q${randomUUID().replaceAll('-', '')} { person(id: "1") { id maskedName ${FACET} } }`;

/** A half of what one connection may say, so that the other side waits for the rest. */
const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);

export const ATTACKS: Readonly<Record<string, Described>> = {
  cheap: {
    what: 'the cheapest question, on 100 connections, as fast as it is answered',
    start: (target, { flood }) => flood(100, () => request(target, { query: '{ __typename }' })),
  },
  dear: {
    what: 'the dearest questions: 20 people with all that one may see, on 50 connections',
    start: (target, { flood }) => flood(50, () => persons(target)),
  },
  plans: {
    what: 'an operation that is new each time, on 50 connections',
    start: (target, { flood }) => flood(50, () => request(target, { query: newText() })),
  },
  persisted: {
    what: 'a persisted query that is new each time, on 50 connections',
    start: (target, { flood }) =>
      flood(50, () => {
        const query = newText();
        const sha256Hash = createHash('sha256').update(query).digest('hex');
        return request(target, { query, extensions: { persistedQuery: { version: 1, sha256Hash } } });
      }),
  },
  variables: {
    what: 'a hundred kilobytes of variables that nobody asked for, on 50 connections',
    start: (target, { flood }) => {
      const variables = Object.fromEntries(Array.from({ length: 4_000 }, (_, i) => [`v${i}`, 'x'.repeat(10)]));
      const bytes = request(target, { query: '{ __typename }', variables });
      flood(50, () => bytes);
    },
  },
  refused: {
    what: 'what is refused and recorded: people of others, on 50 connections',
    start: (target, { flood }) =>
      flood(50, () =>
        request(target, { query: 'query ($id: ID!) { person(id: $id) { id } }', variables: { id: randomUUID() } }),
      ),
  },
  pipelined: {
    what: '1,000 requests at once on each of 10 connections, over and over, no answer waited for',
    start: (target, { pipeline }) =>
      pipeline(10, Buffer.concat(Array.from({ length: 1_000 }, () => request(target, { query: '{ __typename }' })))),
  },
  unread: {
    what: 'large answers that are never read, asked for on 500 connections',
    start: (target, { unread }) => unread(500, persons(target)),
  },
  slow: {
    what: '1,000 connections that send a byte a second, of headers or of a body',
    start: (target, { dribble }) => {
      const bytes = request(target, { query: '{ __typename }' });
      dribble(500, bytes.subarray(0, 40), bytes.subarray(40));
      dribble(500, cut(bytes), bytes.subarray(bytes.length >> 1));
    },
  },
  idle: {
    what: '10,000 connections that say nothing',
    start: (_target, { unread }) => unread(10_000, Buffer.alloc(0)),
  },
  churn: {
    what: 'connections that are opened and closed, 50 at a time',
    start: (_target, { churn }) => churn(50),
  },
  headers: {
    what: 'requests with as much of headers as may be, 8 kB in 98 lines, on 50 connections',
    start: (target, { flood }) => {
      const many = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`x-h${i}`, 'x'.repeat(60)]));
      const bytes = request(target, { query: '{ __typename }' }, many);
      flood(50, () => bytes);
    },
  },
  strangers: {
    what: 'tokens that nobody signed, a new one each time, on 50 connections',
    start: (target, { flood }) => {
      const [head = '', claims = '', signature = ''] = target.token.split('.');
      flood(50, () => {
        const other = randomUUID().replaceAll('-', '') + signature.slice(32);
        return request({ ...target, token: `${head}.${claims}.${other}` }, { query: '{ __typename }' });
      });
    },
  },
};
