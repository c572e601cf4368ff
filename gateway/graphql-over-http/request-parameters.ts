import { isUtf8 } from 'node:buffer';
import { limitExceeded } from '../limits/limits.ts';
import { brokenByShape } from '../limits/request-limits.ts';
import { badRequest } from './bad-request.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** A well-formed GraphQL-over-HTTP request. Whether its query is GraphQL is another question. */
export interface RequestParameters {
  readonly method: 'GET' | 'POST';
  /** `null` only where the extension `persistedQuery` stands for it. */
  readonly query: string | null;
  readonly operationName: string | null;
  readonly variables: JsonObject;
  readonly extensions: JsonObject;
}

/** Reads a POST's body. Throws what is answered with 400: no JSON, a batch, a parameter of another type. */
export function parametersOfBody(body: Buffer): RequestParameters {
  if (!isUtf8(body)) throw badRequest('The body is not UTF-8.');
  return parametersOf('POST', parsedJson(body.toString(), 'The body'));
}

/** Reads a GET's query string, with its question mark or without. */
export function parametersOfSearch(search: string): RequestParameters {
  const parameters = new URLSearchParams(search);
  const once = (name: string): string | undefined => {
    const [value, ...others] = parameters.getAll(name);
    if (others.length > 0) throw badRequest(`The parameter ${name} may stand once only.`);
    return value === '' ? undefined : value;
  };
  const json = (name: string) => {
    const text = once(name);
    return text === undefined ? undefined : parsedJson(text, `The parameter ${name}`);
  };
  return parametersOf('GET', {
    query: parameters.has('query') ? (once('query') ?? '') : undefined,
    operationName: once('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  });
}

function parametersOf(method: RequestParameters['method'], body: unknown): RequestParameters {
  const limit = brokenByShape(body);
  if (limit !== null) throw limitExceeded(limit);
  if (!isObject(body)) throw badRequest('The body must be a JSON object with a query.');
  const query = textOf(body, 'query');
  const extensions = objectOf(body, 'extensions');
  if (query === null && extensions.persistedQuery === undefined)
    throw badRequest('The request has no query: send a JSON object with one, content-type application/json.');
  return {
    method,
    query,
    operationName: textOf(body, 'operationName') || null,
    variables: objectOf(body, 'variables'),
    extensions,
  };
}

function textOf(body: JsonObject, name: string): string | null {
  const value = body[name] ?? null;
  if (value === null || typeof value === 'string') return value;
  throw badRequest(`${name} must be a string.`);
}

function objectOf(body: JsonObject, name: string): JsonObject {
  const value = body[name] ?? {};
  if (isObject(value)) return value;
  throw badRequest(`${name} must be an object.`);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys that could change a prototype where somebody copies the object (case 34); `\u` hides any of them. */
const SUSPICIOUS = /__proto__|"constructor"|\\u00/;

function parsedJson(text: string, what: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw badRequest(`${what} is not JSON.`);
  }
  if (SUSPICIOUS.test(text) && isPoisoned(parsed)) throw badRequest(`${what} has a key that is not allowed.`);
  return parsed;
}

/** Walks without recursion: the depth of the JSON is not checked yet. */
function isPoisoned(parsed: unknown): boolean {
  const rest = [parsed];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) return true;
    const constructor: unknown = Object.hasOwn(value, 'constructor') ? value.constructor : null;
    if (typeof constructor === 'object' && constructor !== null && Object.hasOwn(constructor, 'prototype')) return true;
    for (const inner of Object.values(value)) rest.push(inner);
  }
  return false;
}
