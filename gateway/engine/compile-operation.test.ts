import { describe, expect, test } from '@jest/globals';
import type { QueryPlan } from '@apollo/query-planner';
import fc from 'fast-check';
import {
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  Kind,
  parse,
  print,
} from 'graphql';
import type { PermissionTable } from '../../schema/permission-table.ts';
import { gatewayContext } from '../gateway-context.ts';
import { askedErrors } from '../permissions/asked-errors.ts';
import { permissionExecutor } from '../permissions/permission-executor.ts';
import { rewriteOperation } from '../permissions/rewrite-operation.ts';
import type { ShownData } from '../permissions/shown-data.ts';
import { isWitness } from '../permissions/witnesses.ts';
import { compileOperation, type CompileOptions } from './compile-operation.ts';
import { operations, type Pick, randomAnswer, schema } from './completion/random-answers.fixture.ts';
import type { OperationRequest } from './engine.ts';
import type { Answered } from './own.ts';
import { introspection } from './introspection.ts';
import { planKeys } from './plan-keys.ts';
import { requirementsIn } from './requirements.ts';

/** Of one subgraph, which is asked the operation as it is. */
const supergraph: CompileOptions['supergraph'] = {
  apiSchema: schema,
  fullSchema: schema,
  interfaceObjects: new Set(),
  requirements: requirementsIn(schema),
  subgraphs: [],
  keys: planKeys('type Query { nothing: Int }'),
  plan: async (document) =>
    ({ kind: 'QueryPlan', node: { kind: 'Fetch', serviceName: 's', operation: print(document) } }) as QueryPlan,
  stop: async () => {},
};

const table: PermissionTable = new Map(
  Object.values(schema.getTypeMap()).flatMap((type) =>
    'getFields' in type
      ? Object.keys(type.getFields()).map(
          (field) => [`${type.name}.${field}`, permissionOf(`${type.name}.${field}`)] as const,
        )
      : [],
  ),
);

function permissionOf(coordinate: string) {
  const scopes: Readonly<Record<string, string>> = {
    'Query.version': 'a',
    'Person.name': 'a',
    'Person.friend': 'b',
    'Health.visits': 'b',
    'Cat.lives': 'a',
    'Cat.owner': 'b',
    'TimelineEvent.title': 'a',
  };
  const classes: Readonly<Record<string, string>> = {
    'Health.visits': 'health:visits',
    'Health.grid': 'health:grids',
    'Cat.lives': 'zoo:cats',
    'Dog.breed': 'zoo:dogs',
  };
  const scope = scopes[coordinate];
  return { classification: classes[coordinate] ?? 'HUB', scopes: scope === undefined ? [] : [[scope]] };
}

const signal = new AbortController().signal;
function requestOf(text: string, scopes: readonly string[]): OperationRequest {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation expected');
  const caller = { scopes } as never;
  const hub = { requestId: 'r', caller, purpose: 'CARE' as const, signal };
  const context = gatewayContext({ hub, requestId: 'r', signal, traceparent: null });
  return { document, operation, queryHash: text, operationName: null, variables: {}, context };
}

const byKey: GraphQLFieldResolver<Answered, unknown> = (source, _args, _context, { path: { key } }) => {
  if (source[key] === undefined && !isWitness(String(key))) throw new Error('left out');
  return source[key];
};

/** The operation by graphql-js over the data, with the permissions before it and the audit's walk behind it. */
async function byWalks(text: string, { data, scopes }: Given) {
  const run = permissionExecutor(
    async ({ document }) => execute({ schema, document, rootValue: data, fieldResolver: byKey }),
    { schema, table },
  );
  const { answer, shown, forbidden } = await run(requestOf(text, scopes));
  return { data: answer.data, shown, forbidden, ...partsOf(answer.errors ?? []) };
}

/** The same compiled, in one pass. */
async function compiled(text: string, { data, scopes }: Given) {
  const request = requestOf(text, scopes);
  const { document, forbidden, shape, coordinates } = rewriteOperation(
    { schema, document: request.document },
    { table, scopes: new Set(scopes) },
  );
  const { run } = await compileOperation(document, {
    supergraph,
    sourceOf: () => async () => ({ data: structuredClone(data) }),
    permitted: { table, forbidden },
    sameSet: (set) => set,
    introspect: introspection(schema),
    turn: { client: null, isWanted: () => true },
  });
  const executed = await run({}, request.context);
  const errors = [...askedErrors(executed.errors, { data: executed.data, shape }), ...executed.forbidden];
  return { data: executed.data, shown: executed.shown, forbidden: coordinates, ...partsOf(errors) };
}

interface Given {
  readonly data: Answered;
  readonly scopes: readonly string[];
}

function partsOf(errors: readonly (GraphQLError | GraphQLFormattedError)[]) {
  const isForbidden = ({ extensions }: GraphQLError | GraphQLFormattedError) => extensions?.code === 'FORBIDDEN_FIELD';
  const pathsOf = (some: typeof errors) => some.map(({ path = [] }) => path);
  return {
    refused: errors
      .filter(isForbidden)
      .map(({ path, message }) => `${path?.join('.')} ${message}`)
      .toSorted(),
    misfits: pathsOf(errors.filter((error) => !isForbidden(error))),
  };
}

/** The answer to a random operation over random data, both ways, with the document and data for the report of a failure. */
async function bothWays({ text, pick, scopes }: { text: string; pick: Pick; scopes: readonly string[] }) {
  const { document } = rewriteOperation({ schema, document: parse(text) }, { table, scopes: new Set(scopes) });
  const data = randomAnswer(document, pick);
  const given = { data, scopes };
  return { walked: await byWalks(text, given), compiled: await compiled(text, given) };
}

const scopeSets = fc.subarray(['a', 'b']);

/** Runs a property over random operations, data and scopes. */
async function always(check: (both: Awaited<ReturnType<typeof bothWays>>) => void): Promise<void> {
  const run = async (text: string, scopes: readonly string[], gen: fc.GeneratorValue) => {
    const pick: Pick = (count) => gen(fc.nat, count - 1);
    check(await bothWays({ text, pick, scopes }));
  };
  await fc.assert(fc.asyncProperty(operations, scopeSets, fc.gen(), run), { numRuns: 150 });
}

describe('what is compiled answers as graphql-js and the walks before and behind it', () => {
  test('the same data, with its keys in the same order', async () => {
    await always(({ walked, compiled: ours }) => {
      expect(JSON.stringify(ours.data)).toBe(JSON.stringify(walked.data));
    });
  });

  test('the same errors for what is forbidden, for each null that takes the place of something', async () => {
    await always(({ walked, compiled: ours }) => {
      expect(ours.refused).toEqual(walked.refused);
      expect(ours.forbidden).toEqual(walked.forbidden);
    });
  });

  test('an error for each null that nobody answered, and none of the hub’s own keys in its path', async () => {
    await always(({ walked, compiled: ours }) => {
      const places = (misfits: readonly Path[]) => new Set(misfits.map((path) => nullPlace(ours.data, path)));
      expect(places(ours.misfits)).toEqual(places(walked.misfits));
      expect(JSON.stringify([ours.misfits, walked.misfits])).not.toContain('xinqiao');
    });
  });

  test('the same is shown of the same, by the type that an object is of instead of all that it may be', async () => {
    await always(({ walked, compiled: ours }) => {
      const [exact, wide] = [linesOf(ours.shown), linesOf(walked.shown)];
      expect(exact.filter((line) => !wide.includes(line))).toEqual([]);
      expect(wide.filter((line) => !exact.includes(line) && !/ (Cat|Dog|Animal)\.|zoo:/.test(line))).toEqual([]);
    });
  });
});

type Path = readonly (string | number)[];

/** Where on the way to a misfit the answer is null. */
function nullPlace(data: unknown, path: Path): string {
  let at = data;
  const length = path.findIndex((step) => {
    if (at === null || at === undefined) return true;
    at = (at as Record<string | number, unknown>)[step];
    return false;
  });
  return path.slice(0, length < 0 ? path.length : length).join('.');
}

function linesOf(shown: ShownData | null): readonly string[] {
  if (shown === null) return [];
  const { persons, others, underRoots } = shown;
  return [
    ...[...persons].flatMap(([id, { coordinates, categories }]) => [
      `${id} there`,
      ...[...coordinates, ...categories].map((one) => `${id} ${one}`),
    ]),
    ...[...others].map((one) => `nobody ${one}`),
    ...[...underRoots].flatMap(([root, under]) => [...under].map((one) => `under ${root} ${one}`)),
  ];
}

describe('of a million items that cannot be shown', () => {
  const many = (item: unknown) => Array.from({ length: 1_000_000 }, () => item);

  test('as many are errors as an answer may have, and one more that says so', async () => {
    const { document, forbidden } = rewriteOperation(
      { schema, document: parse('{ persons { name } grid }') },
      { table, scopes: new Set() },
    );
    const data = { persons: many({ __typename: 'Person', xinqiao_person: 'p1' }), grid: [many('x')] };
    const { run } = await compileOperation(document, {
      supergraph,
      sourceOf: () => async () => ({ data }),
      permitted: { table, forbidden },
      sameSet: (set) => set,
      introspect: introspection(schema),
      turn: { client: null, isWanted: () => true },
    });
    const executed = await run({}, requestOf('{ version }', []).context);
    expect(executed.data?.persons).toHaveLength(1_000_000);
    for (const [errors, code] of [
      [executed.errors, 'SOURCE_INVALID'],
      [executed.forbidden, 'FORBIDDEN_FIELD'],
    ] as const) {
      expect(errors).toHaveLength(10_001);
      expect(errors.at(-1)).toMatchObject({ message: 'There were more errors.', extensions: { code } });
    }
  });
});
