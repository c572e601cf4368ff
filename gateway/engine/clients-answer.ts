import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Answer } from './engine.ts';
import { type Answered, isAnswered, setOwn } from './own.ts';
import { clientsKey, clientsPath } from './plan-keys.ts';

/** An answer to an operation with the keys of a plan, under the keys that the client chose: data and paths of errors. */
export function clientsAnswer({ data, errors, extensions }: Answer): Answer {
  const completion: unknown = extensions?.valueCompletion;
  return {
    ...(data !== undefined && { data: data === null ? null : (renamed(data) as Answered) }),
    ...(errors && { errors: errors.map(placed) }),
    ...(extensions && {
      extensions: {
        ...extensions,
        ...(Array.isArray(completion) && {
          valueCompletion: completion.map((one: unknown) => (one instanceof GraphQLError ? placed(one) : one)),
        }),
      },
    }),
  };
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (!isAnswered(value)) return value;
  const answer: Answered = {};
  for (const key of Object.keys(value)) setOwn(answer, clientsKey(key), renamed(value[key]));
  return answer;
}

function placed(error: GraphQLError | GraphQLFormattedError): GraphQLError | GraphQLFormattedError {
  const { message, path, extensions } = error;
  return path === undefined ? error : new GraphQLError(message, { path: clientsPath(path), extensions });
}
