// The same three operations written by hand, as one would who has no gateway: node:http in front, undici's pools behind,
// one fixed request per subgraph, JSON.parse and JSON.stringify. No other operation is known.
// Argument: JSON of name → address of the subgraphs.
import { createServer } from 'node:http';
import { Pool } from 'undici';

const FACETS = {
  education: 'education { asOf enrolment { school grade boarding start end } counselling { date kind minutes } }',
  health: 'health { asOf visits { date institution urgent specialty { code text } } medication { text start end } }',
  civilAffairs: 'civilAffairs { asOf assistance { kind start end monthlyYuan } guidance { date place } }',
  justice: 'justice { asOf legalAid { opened matter lawyer { name firm } } mediation { date committee agreed } }',
};
const SUBGRAPH_OF = { education: 'education', health: 'health', civilAffairs: 'civil-affairs', justice: 'justice' };
const PERSON = 'id maskedName birthYear lifeStage division inCareSince';

const clients = Object.fromEntries(
  Object.entries(JSON.parse(process.argv[2])).map(([name, url]) => [name, clientOf(new URL(url))]),
);
const facets = Object.entries(FACETS).map(([field, selection]) => {
  const query = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { ${selection} } } }`;
  return { field, ask: operation(SUBGRAPH_OF[field], query) };
});
const person = operation('person', `query($id: ID!) { person(id: $id) { ${PERSON} } }`);
const persons = operation('person', `query($ids: [ID!]!) { persons(ids: $ids) { ${PERSON} } }`);
const personEntity = operation(
  'person',
  `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { ${PERSON} } } }`,
);
const referral = operation(
  'referral',
  'query($id: ID!) { referral(id: $id) { id status reason createdAt person { id } } }',
);

const answers = {
  Profile: async ({ id }) => {
    const { person: one } = await person({ id });
    return { person: one === null ? null : (await withFacets([one]))[0] };
  },
  Profiles: async ({ ids }) => ({ persons: await withFacets((await persons({ ids })).persons) }),
  Referral: async ({ id }) => {
    const { referral: one } = await referral({ id });
    if (one === null || one.person === null) return { referral: one };
    const { _entities: people } = await personEntity({
      representations: [{ __typename: 'Person', id: one.person.id }],
    });
    return { referral: { ...one, person: (await withFacets(people))[0] } };
  },
};

async function withFacets(people) {
  const representations = people.filter((one) => one !== null).map(({ id }) => ({ __typename: 'Person', id }));
  const parts = await Promise.all(facets.map(({ ask }) => ask({ representations })));
  let at = -1;
  return people.map((one) => {
    if (one === null) return null;
    at += 1;
    const whole = { ...one };
    facets.forEach(({ field }, i) => {
      whole[field] = parts[i]._entities[at]?.[field] ?? null;
    });
    return whole;
  });
}

function clientOf({ origin, pathname }) {
  return { pool: new Pool(origin, { connections: 100 }), path: pathname };
}

function operation(subgraph, query) {
  const { pool, path } = clients[subgraph];
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return async (variables) => {
    const body = JSON.stringify({ query, variables });
    const response = await pool.request({ method: 'POST', path, headers, body });
    const { data, errors } = JSON.parse(await response.body.text());
    if (response.statusCode !== 200 || errors !== undefined) throw new Error(`${subgraph} did not answer`);
    return data;
  };
}

const OPERATION = /^query (\w+)/;

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    answerTo(Buffer.concat(chunks))
      .then((body) => ({ status: 200, body }))
      .catch(() => ({ status: 500, body: '{"errors":[{"message":"unexpected"}]}' }))
      .then(({ status, body }) => {
        response.writeHead(status, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
        });
        response.end(body);
      });
  });
});
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}/graphql`;
  process.stdout.write(`${JSON.stringify({ url, msg: 'ready' })}\n`);
});

// With a second argument it asks for everything once only: a server that has its answers in memory, as a control.
const remembered = process.argv[3] === undefined ? null : new Map();

async function answerTo(bytes) {
  if (remembered === null) return askedAnswer(bytes);
  const request = bytes.toString();
  const answer = remembered.get(request) ?? (await askedAnswer(bytes));
  remembered.set(request, answer);
  return answer;
}

async function askedAnswer(bytes) {
  const { query, variables } = JSON.parse(bytes);
  const [, name] = OPERATION.exec(query);
  return JSON.stringify({ data: await answers[name](variables) });
}
