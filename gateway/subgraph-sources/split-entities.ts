import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphOperation } from '../../subgraphs/shared/subgraph.ts';
import { answersOperation } from './answers-operation.ts';
import { operationFacts } from './operation-facts.ts';
import type { SubgraphAnswer } from './subgraph-source.ts';

/**
 * Cuts the answer for entities into the answers of those whose representations it was asked with, in order: `lengths`.
 * `null` where it cannot be cut fairly: another number of entities, or an error that does not say which entity it means.
 */
export function splitEntities(
  { data, errors = [] }: SubgraphAnswer,
  { operation, lengths }: { operation: SubgraphOperation; lengths: readonly number[] },
): readonly SubgraphAnswer[] | null {
  const { entities: key } = operationFacts(operation);
  const entities = key === null || !answersOperation(data, operation) ? null : data[key];
  if (key === null || !Array.isArray(entities)) return null;
  const starts: number[] = [];
  let end = 0;
  for (const length of lengths) {
    starts.push(end);
    end += length;
  }
  const errorsOf: GraphQLFormattedError[][] = lengths.map(() => []);
  for (const error of errors) {
    const [root, index, ...inner] = error.path ?? [];
    if (root !== key || typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= end) return null;
    const whose = starts.findLastIndex((start) => start <= index);
    errorsOf[whose]?.push({ ...error, path: [key, index - (starts[whose] ?? 0), ...inner] });
  }
  return lengths.map((length, i) => {
    const start = starts[i] ?? 0;
    const mine = errorsOf[i] ?? [];
    return { data: { [key]: entities.slice(start, start + length) }, ...(mine.length > 0 && { errors: mine }) };
  });
}
