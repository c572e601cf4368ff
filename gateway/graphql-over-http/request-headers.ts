import type { IncomingHttpHeaders } from 'node:http';
import { badRequest } from './bad-request.ts';

/** A page in a browser cannot send one of these to another origin without asking first (CORS preflight). */
const PREFLIGHT_HEADERS = ['graphql-require-preflight', 'apollo-require-preflight', 'x-apollo-operation-name'];

/**
 * Refuses by method and headers alone what is no GraphQL over HTTP, and what a foreign page could make a browser send
 * (case 47): forms, plain text, and a GET without a header that needs a preflight.
 */
export function checkRequestHeaders(method: string | undefined, headers: IncomingHttpHeaders): void {
  const contentType = headers['content-type'];
  if (method === 'POST') {
    if (!isJson(contentType))
      throw badRequest('Send the request as JSON: content-type application/json, in UTF-8.', { status: 415 });
    const coding = headers['content-encoding'];
    if (coding !== undefined && coding !== 'identity')
      throw badRequest('Send the request without compression.', {
        status: 415,
        headers: { 'accept-encoding': 'identity' },
      });
    return;
  }
  if (method !== 'GET')
    throw badRequest('GraphQL is answered by POST, queries also by GET.', {
      status: 405,
      headers: { allow: 'GET, POST' },
    });
  if (contentType === undefined) {
    if (!PREFLIGHT_HEADERS.some((name) => headers[name]))
      throw badRequest(
        `A GET needs a header that browsers do not send across origins unasked: ${PREFLIGHT_HEADERS[0]}: 1.`,
      );
  } else if (!isJson(contentType))
    throw badRequest('A GET has no body; leave content-type out or say application/json.', { status: 415 });
}

/** `application/json`, in UTF-8 whether it says so or not. */
function isJson(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true;
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  return (
    type === 'application/json' &&
    parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-?8"?$/.test(parameter))
  );
}
