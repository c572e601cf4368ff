import type { FetchNode } from '@apollo/query-planner';
import { type GraphQLSchema, parse } from 'graphql';
import type { SubgraphAnswer, SubgraphSource } from '../subgraph-sources/subgraph-source.ts';
import { echoingFetch } from './echoed-ids.ts';
import { askedKeys, keepOnly } from './asked-keys.ts';
import { entityFits } from './entity-fits.ts';
import { errorsInPlace } from './errors-in-place.ts';
import { mergeInto } from './merge.ts';
import { objectsAt, type PlanPath } from './objects-at.ts';
import type { PatternRoom } from './passing/pattern-room.ts';
import { passingReader, type PassingOptions } from './passing/passing-reader.ts';
import { isOfType } from './of-type.ts';
import { type Answered, has, isAnswered, own, setOwn } from './own.ts';
import { sentVariable } from './plan-keys.ts';
import { partialFetches } from './mended-plans/partial-fetches.ts';
import { compileRepresentations } from './representations.ts';
import { repairedFetches } from './mended-plans/repaired-fetches.ts';
import { compileRewrites, renamedKeys } from './rewrites.ts';
import type { Requirements } from './requirements.ts';
import { type Late, noteErrors, type Run, type Step } from './run.ts';

export interface FetchParts {
  /** With what is `@inaccessible`: subgraphs know it of each other. */
  readonly schema: GraphQLSchema;
  readonly source: SubgraphSource;
  /** Where the entities of the fetch stand; empty = the root. */
  readonly path: PlanPath;
  readonly requirements: Requirements;
  /** Whether entities repeat the IDs that they are asked by. */
  readonly echo: boolean;
  /** Whether no other fetch has to do with what stands under a key. */
  readonly isUntouched: (key: string) => boolean;
  /** Whether another fetch has to do with what stands under a key: nothing is kept there that was not asked for. */
  readonly isShared: (key: string) => boolean;
  /** For the patterns of the operation by which answers pass through. */
  readonly room: PatternRoom;
}

/** Compiles a fetch: of root fields, or, with `requires`, of entities by their representations. */
export function compileFetch(node: FetchNode, parts: FetchParts): Step {
  if (node.requires === undefined) return rootFetch(node, parts);
  const fetches = repairedFetches(node, parts.requirements).map((one) => entityFetch(one, one.requires ?? [], parts));
  const [only] = fetches;
  if (only !== undefined && fetches.length === 1) return async (run) => only(run, objectsAt(run.data, parts.path));
  return async (run) => {
    const entities = objectsAt(run.data, parts.path);
    await Promise.all(fetches.map(async (fetch) => fetch(run, entities)));
  };
}

function rootFetch(node: FetchNode, parts: FetchParts): Step {
  const { schema, source, path } = parts;
  const operation = operationOf(node, parts);
  const variablesOf = variablesFor(node);
  const rewrite = compileRewrites(node.outputRewrites, schema);
  const asked = askedKeys(operation.document, { of: 'root', isShared: parts.isShared });
  return async (run) => {
    const targets = objectsAt(run.data, path);
    if (targets.length === 0) return;
    const { data, errors } = await source({ ...operation, variables: variablesOf(run) }, run.context);
    if (errors) noteErrors(run, errorsInPlace(errors, { data: run.data, path, entitiesOf: null, asked }));
    if (!isAnswered(data)) return;
    keepOnly(data, asked);
    rewrite?.(data);
    for (const target of targets) mergeInto(target, data);
  };
}

function entityFetch(node: FetchNode, requires: NonNullable<FetchNode['requires']>, parts: FetchParts): Late['again'] {
  const { schema, source, path } = parts;
  const asking = parts.echo
    ? echoingFetch(node, { schema, requirements: parts.requirements })
    : { node, echoed: new Map() };
  const { echoed } = asking;
  const operation = operationOf(asking.node, parts);
  const variablesOf = variablesFor(node);
  const represent = compileRepresentations(requires, { schema, rewrite: compileRewrites(node.inputRewrites, schema) });
  const rewrite = compileRewrites(node.outputRewrites, schema);
  const fits = entityFits(echoed, schema);
  const asked = askedKeys(parse(node.operation, { noLocation: true }), { of: 'entities', isShared: parts.isShared });
  const given: ReadonlySet<string> = new Set([...asked.keys(), ...renamedKeys(node.outputRewrites)]);
  const needed = requiredKeys(requires);
  const apart = once(() =>
    // Made when they are needed, which is rare: what they answer is read.
    partialFetches(node, parts.requirements).map((one) =>
      entityFetch(one, one.requires ?? [], { ...parts, isUntouched: () => false }),
    ),
  );
  return async function again(run, objects) {
    const { representations, entitiesOf, lacking } = represent(objects, run.absent);
    if (lacking.length > 0) run.late.push({ entities: lacking, again, apart });
    noteUnasked(run, lacking, { needed, given });
    if (representations.length === 0) return;
    const variables = { ...variablesOf(run), representations };
    const { data, errors }: SubgraphAnswer = await source({ ...operation, variables }, run.context);
    if (errors) noteErrors(run, errorsInPlace(errors, { data: run.data, path, entitiesOf, asked }));
    const answered = isAnswered(data) ? data._entities : undefined;
    if (!Array.isArray(answered)) return;
    const misfits: number[] = [];
    for (const [i, entity] of answered.entries()) {
      const [target] = entitiesOf[i] ?? [];
      const representation = representations[i];
      if (entity === null) for (const each of entitiesOf[i] ?? []) run.absent.note(each, given);
      if (entity === null || target === undefined || representation === undefined) continue;
      if (!isAnswered(entity) || !fits(entity, { representation, target })) {
        misfits.push(i);
        continue;
      }
      keepOnly(entity, asked);
      rewrite?.(entity);
      entity.__typename = narrowerType(target, entity, schema);
      for (const each of entitiesOf[i] ?? []) mergeInto(each, entity);
    }
    noteErrors(run, errorsInPlace(misfits.map(doesNotFit), { data: run.data, path, entitiesOf, asked }));
  };
}

/** Of an entity that another subgraph does not have, what could not be asked for is missing in silence as well. */
function noteUnasked(
  { absent }: Run,
  lacking: readonly Answered[],
  { needed, given }: { needed: readonly string[]; given: ReadonlySet<string> },
): void {
  for (const one of lacking) if (needed.some((key) => !has(one, key) && absent.has(one, key))) absent.note(one, given);
}

/** Of an entity, whatever its type. */
function requiredKeys(requires: NonNullable<FetchNode['requires']>): readonly string[] {
  return requires.flatMap((one) => (one.kind === 'Field' ? [one.alias ?? one.name] : requiredKeys(one.selections)));
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

const doesNotFit = (index: number) => ({
  message: 'A part of the answer did not fit the schema.',
  path: ['_entities', index],
  extensions: { code: 'SOURCE_INVALID' },
});

/** A subgraph may say more exactly what type an entity is (an object of an interface), and nothing else about that. */
function narrowerType(target: Answered, entity: Answered, schema: GraphQLSchema): string | undefined {
  const [known, said] = [own(target, '__typename'), own(entity, '__typename')];
  if (typeof said !== 'string') return undefined;
  return typeof known !== 'string' || isOfType(schema, said, known) ? said : undefined;
}

function operationOf(node: FetchNode, options: PassingOptions) {
  const document = parse(node.operation, { noLocation: true });
  return { query: node.operation, document, readPassing: passingReader(node, document, options) };
}

function variablesFor({ variableUsages = [] }: FetchNode) {
  return ({ variables }: Run): Record<string, unknown> => {
    const used: Record<string, unknown> = {};
    for (const name of variableUsages) {
      const value = sentVariable(variables, name);
      if (value !== undefined) setOwn(used, name, value);
    }
    return used;
  };
}
