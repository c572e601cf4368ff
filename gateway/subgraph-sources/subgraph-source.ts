import { type DocumentNode, type GraphQLFormattedError, parse } from 'graphql';
import { SourceError } from '../../adapters/shared/source-error.ts';
import { isWatched, type SubgraphWork, watched, work } from '../../adapters/shared/watched-work.ts';
import type { SubgraphOperation } from '../../subgraphs/shared/subgraph.ts';
import type { Log } from '../../subgraphs/shared/log.ts';
import { causeForLog } from '../../subgraphs/shared/cause-for-log.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { answersOperation } from './answers-operation.ts';
import { failedAnswer, refusedAnswer } from './failed-answer.ts';

/** What a subgraph answers, in this process or another. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** An operation as an engine asks it. */
export interface EngineOperation extends SubgraphOperation {
  /**
   * Reads an answer without parsing what only passes through; `null` = this one has to be parsed, `data` and all. It is
   * given as octets: UTF-8 with a character for each byte, which is half the memory where one is not ASCII.
   */
  readonly readPassing?: ((octets: string) => Record<string, unknown> | null) | null;
}

/** Rejects when the request's signal says that it is over, at the latest. */
export type SubgraphCall = (operation: EngineOperation, context: GatewayContext) => Promise<SubgraphAnswer>;

/** A subgraph as an engine asks it. It never throws and never outlasts the request's deadline: what did not come is null, with a coded error. */
export type SubgraphSource = (operation: EngineOperation, context: GatewayContext) => Promise<SubgraphAnswer>;

/** Makes a source of a call: a check of what comes, a coded answer in place of one that did not come. */
export function subgraphSource(
  name: string,
  call: SubgraphCall,
  { log, hubsOwn = false }: { log: Log; hubsOwn?: boolean },
): SubgraphSource {
  const answered = async (
    asked: EngineOperation,
    context: GatewayContext,
    failed?: (code: string) => void,
  ): Promise<SubgraphAnswer> => {
    const operation = hasDocument(asked) ? asked : { ...asked, document: parse(asked.query) };
    try {
      const answer = await call(operation, context);
      const { data, errors, extensions } = answer;
      // A department decides nothing, and is not believed if it says so.
      if (hubsOwn) context.decisions.collect(name, extensions);
      // Refused as a whole (a variable that its scalars do not take): its own errors say why.
      if ((data ?? null) === null && errors !== undefined && errors.length > 0) return refusedAnswer(operation, errors);
      if (!answersOperation(data, operation))
        throw new SourceError('SOURCE_INVALID', {
          source: name,
          cause: new Error('answer does not fit the operation'),
        });
      return { data, ...(errors && { errors }) };
    } catch (error) {
      const { code, message } = asSourceError(error, name);
      failed?.(code);
      log.warn(
        { subgraph: name, code, requestId: context.requestId, cause: causeForLog(error) },
        'subgraph gave no answer',
      );
      return failedAnswer(operation, { code, message, subgraph: name });
    }
  };
  return async (asked, context) => (isWatched(work.subgraph) ? seen(asked, context) : answered(asked, context));

  /** A call that somebody watches, and perhaps traces: then its subgraph is told so. */
  async function seen(asked: EngineOperation, context: GatewayContext): Promise<SubgraphAnswer> {
    const call: SubgraphWork = { subgraph: name, code: null };
    return watched(work.subgraph, call, async () =>
      answered(
        asked,
        call.traceparent === undefined ? context : { ...context, traceparent: call.traceparent },
        (code) => {
          call.code = code;
        },
      ),
    );
  }
}

function hasDocument(operation: EngineOperation): operation is EngineOperation & { document: DocumentNode } {
  return operation.document !== undefined;
}

function asSourceError(error: unknown, source: string): SourceError {
  return error instanceof SourceError ? error : new SourceError('SOURCE_UNAVAILABLE', { source, cause: error });
}
