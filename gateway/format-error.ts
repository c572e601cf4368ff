import { randomUUID } from 'node:crypto';
import type { GraphQLFormattedError } from 'graphql';
import type { Log } from '../subgraphs/shared/log.ts';
import { causeForLog } from '../subgraphs/shared/cause-for-log.ts';
import { shownCost } from './limits/cost-errors.ts';
import { publicCode } from './public-code.ts';
import { withoutValues } from './without-values.ts';

/** What may stand in an error beside its code. Anything else (stack, subgraph, upstream body) stays inside. */
const SHOWN = ['department', 'category', 'coordinate', 'requiredScopes', 'limit'] as const;

/** Errors as callers see them: a code of the table, a message for people, nothing of the inside. The unknown is masked and gets an id. */
export function errorFormatter({ log, masked = true }: { log: Log; masked?: boolean }) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { message, path, locations, extensions = {} } = formatted;
    const shown = {
      ...Object.fromEntries(SHOWN.flatMap((key) => (key in extensions ? [[key, extensions[key]]] : []))),
      ...shownCost(extensions),
    };
    const code = publicCode(extensions);
    if (code === 'STORE_UNAVAILABLE') log.error({ cause: causeForLog(error) }, 'the store could not be used');
    if (code !== null || !masked)
      return withoutAbsent({
        message: withoutValues(message),
        locations,
        path,
        extensions: { ...shown, code: code ?? extensions.code },
      });
    const id = randomUUID();
    log.error({ errorId: id, cause: causeForLog(error) }, 'unexpected error');
    return withoutAbsent({
      message: `服务内部错误，请将编号告知运维人员。 / Internal error; give this id to the hub's operators: ${id}`,
      path,
      extensions: { code: 'INTERNAL', id },
    });
  };
}

function withoutAbsent({ locations, path, ...rest }: GraphQLFormattedError): GraphQLFormattedError {
  return { ...rest, ...(locations && { locations }), ...(path && { path }) };
}
