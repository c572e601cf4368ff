import type { IncomingHttpHeaders } from 'node:http';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { RefusedRequest } from '../audit/refused-requests.ts';
import type { Answer, OperationRequest } from '../engine/engine.ts';
import { ERROR_CODES, isErrorCode } from '../error-codes.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { announcedCost, COST_HEADER } from '../limits/announced-cost.ts';
import type { OperationCost } from '../limits/estimated-cost.ts';
import { checkedDocuments } from './checked-documents.ts';
import { chosenOperation } from './chosen-operation.ts';
import { httpOfError } from './http-of-error.ts';
import type { Outcome, Pipeline, PipelineOptions } from './pipeline.ts';
import type { RequestParameters } from './request-parameters.ts';

type Asked = RefusedRequest['operation'];

/** What may run, or what is wrong with it. */
type Admitted =
  | { readonly operation: OperationRequest; readonly cost: OperationCost }
  | { readonly operation: null; readonly errors: readonly GraphQLFormattedError[] };

/** The hub's own pipeline: its checks and the engine, and nothing else. */
export function leanPipeline({ engine, persisted, formatError, refused }: PipelineOptions): Pipeline {
  const documents = checkedDocuments(engine);

  /** Throws for all that is one mistake; `known` is told how far the operation is known, for the record. */
  const admitted = async (
    parameters: RequestParameters,
    context: GatewayContext,
    known: (asked: Asked) => void,
  ): Promise<Admitted> => {
    const client = context.hub?.caller.client ?? null;
    const query = persisted.queryOf(parameters, client);
    const checked = documents(query, client);
    const { document, hash, errors, operations } = checked instanceof Promise ? await checked : checked;
    known({ node: undefined, hash });
    if (document === null) return { operation: null, errors };
    const { node, checkVariables } = chosenOperation(operations, parameters, engine.schema);
    known({ node, hash });
    const { variables } = parameters;
    checkVariables(variables);
    const cost = engine.limits.admit({ document, operation: node, variables }, client);
    persisted.accept(parameters, client);
    const operationName = node.name?.value ?? null;
    return { operation: { document, queryHash: hash, operationName, operation: node, variables, context }, cost };
  };

  return async (parameters, context, headers) => {
    let asked: Asked = null;
    const withErrors = async (errors: readonly unknown[], answer: Omit<Outcome, 'response'> & Partial<Outcome>) => {
      const graphqlErrors = errors.map(asGraphQLError);
      await refused({ context, errors: graphqlErrors, operation: asked });
      const formatted = graphqlErrors.map((error, i) => formatError(asFormatted(error), errors[i]));
      return { ...answer, response: { ...answer.response, errors: formatted } };
    };
    try {
      const admission = await admitted(parameters, context, (known) => {
        asked = known;
      });
      if (admission.operation === null) return await withErrors(admission.errors, REFUSED);
      const answer = await engine.execute(admission.operation);
      const response = {
        data: answer.data,
        octets: answer.octets,
        extensions: extensionsOf(answer, admission.cost, headers),
      };
      const { errors = [] } = answer;
      if (errors.length === 0) return { response, status: 200, headers: {} };
      return await withErrors(errors, { response, status: statusOf(answer), headers: {} });
    } catch (error) {
      return withErrors([error], httpOfError(error));
    }
  };
}

const REFUSED = { status: 400, headers: {} };

function extensionsOf({ extensions }: Answer, cost: OperationCost, headers: IncomingHttpHeaders) {
  const announced = announcedCost(headers[COST_HEADER], cost);
  return announced.cost === undefined ? extensions : { ...extensions, ...announced };
}

/** 200, whatever parts failed; but an answer that the hub withholds as a whole has the status of its code. */
function statusOf({ data, errors = [] }: Answer): number {
  const [error] = errors;
  const code = error?.extensions?.code;
  const withheld = (data ?? null) === null && httpOfError(error, { otherwise: 200 }).status !== 200;
  return withheld && isErrorCode(code) ? ERROR_CODES[code] : 200;
}

function asGraphQLError(error: unknown): GraphQLError | GraphQLFormattedError {
  if (error instanceof GraphQLError || isFormatted(error)) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

/** An error of an answer that came over the wire: not an `Error`, whose message is nobody's business. */
function isFormatted(error: unknown): error is GraphQLFormattedError {
  return typeof error === 'object' && error !== null && !(error instanceof Error) && 'message' in error;
}

function asFormatted(error: GraphQLError | GraphQLFormattedError): GraphQLFormattedError {
  return error instanceof GraphQLError ? error.toJSON() : error;
}
