import { retryAfterMs } from '../../adapters/shared/door-answer.ts';
import { HttpStatusError } from '../../adapters/shared/http-status-error.ts';
import { invalidAnswer, SourceError } from '../../adapters/shared/source-error.ts';
import type { AnswerHead } from './http/answer-head.ts';
import type { HttpAnswer } from './http/answer-reader.ts';
import { multiplies } from './multiplying-json.ts';
import type { EngineOperation } from './subgraph-source.ts';

/**
 * The JSON of an answer that is one by its status and content type. 401, 403, 408, 429 and 5xx are SOURCE_UNAVAILABLE;
 * every other status but 2xx, another type and what is no JSON are SOURCE_INVALID. With `application/graphql-response+json`
 * a 400 or 422 is an answer too: a subgraph that refuses the operation says why (GraphQL over HTTP, 6.4.2).
 * What only passes through is not parsed; what would take many times its size in memory is SOURCE_INVALID.
 */
export function jsonOfHttp(
  source: string,
  { head, body }: HttpAnswer,
  readPassing: EngineOperation['readPassing'] = null,
): unknown {
  const type = mediaTypeOf(head.contentType);
  const refusesOperation = type === GRAPHQL_TYPE && (head.status === 400 || head.status === 422);
  if ((head.status < 200 || head.status >= 300) && !refusesOperation) throw statusError(source, head);
  if (type !== GRAPHQL_TYPE && type !== 'application/json')
    throw invalidAnswer(source, `content type ${type.slice(0, 80) || 'missing'}`);
  const data = readPassing?.(body.toString('latin1')) ?? null;
  if (data !== null) return { data };
  if (multiplies(body)) throw invalidAnswer(source, 'too many lists and objects');
  const text = body.toString();
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    // The parser's message quotes the text, which may be about a person.
    throw invalidAnswer(source, 'not JSON');
  }
}

const GRAPHQL_TYPE = 'application/graphql-response+json';

function mediaTypeOf(header: string): string {
  const end = header.indexOf(';');
  return (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
}

function statusError(source: string, { status, retryAfter }: AnswerHead): SourceError {
  const cause = new HttpStatusError(status);
  if (status >= 500 || status === 429 || status === 408)
    return new SourceError('SOURCE_UNAVAILABLE', { source, cause, retryAfterMs: retryAfterMs(retryAfter) });
  if (status === 401 || status === 403)
    return new SourceError('SOURCE_UNAVAILABLE', { source, cause, transient: false });
  return new SourceError('SOURCE_INVALID', { source, cause });
}
