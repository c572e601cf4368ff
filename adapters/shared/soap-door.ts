import type { DoorAnswer } from './door-answer.ts';
import { splitEndpoint } from './door-url.ts';
import { httpDoor } from './http-door.ts';
import type { HttpDoor, HttpDoorOptions } from './http-door.ts';
import { HttpStatusError } from './http-status-error.ts';
import { readEnvelope, writeEnvelope, writePayload } from './soap-envelope.ts';
import type { SoapBody, SoapContent, SoapFault } from './soap-envelope.ts';
import { invalidAnswer, SourceError } from './source-error.ts';
import { usernameToken } from './ws-security.ts';
import type { Credentials } from './ws-security.ts';
import { decodeXml } from './xml-encoding.ts';
import type { XmlElement } from './xml-element.ts';

export interface SoapDoorOptions extends Omit<HttpDoorOptions, 'baseUrl' | 'headers'> {
  /** Where all calls go, whatever a WSDL says; a WSDL is never fetched. */
  readonly endpoint: string;
  /** Of the payload elements. */
  readonly namespace: string;
  /** Sent as a WS-Security user name token with digest. */
  readonly credentials?: Credentials;
  /** Codes in a fault's detail that are an answer to the question, e.g. `NO_SUCH_PERSON`. */
  readonly businessFaults?: readonly string[];
}

/** The answer's element, or the code of a business fault. */
export type SoapReply = { readonly answer: XmlElement } | { readonly fault: string };

export interface SoapDoor {
  /**
   * Calls an operation that changes nothing, or that may be made twice with one effect: it is tried again. Throws `SourceError`, and `RangeError` where a value has characters that XML cannot
   * carry (`isXmlText` tells beforehand).
   */
  call(operation: string, content: SoapContent, options?: { signal?: AbortSignal | undefined }): Promise<SoapReply>;
  /** Of the circuit breaker. */
  readonly state: HttpDoor['state'];
}

/**
 * The way to a SOAP 1.1 service (document/literal, action = namespace/operation) through the HTTP door: strict
 * envelopes both ways, UTF-8 or GBK answers, business faults as answers, other faults as errors: `Server` is
 * SOURCE_UNAVAILABLE and tried again, the rest is SOURCE_INVALID.
 */
export function soapDoor(options: SoapDoorOptions): SoapDoor {
  const { endpoint, namespace, credentials, businessFaults = [], ...doorOptions } = options;
  const { source } = doorOptions;
  const { baseUrl, path } = splitEndpoint(endpoint);
  const door = httpDoor({ ...doorOptions, baseUrl });

  async function call(operation: string, content: SoapContent, { signal }: { signal?: AbortSignal | undefined } = {}) {
    const payload = writePayload({ namespace, operation, content });
    const replies: SoapReply[] = [];
    await door.send('POST', [path], {
      read: true,
      signal,
      accept: 'text/xml',
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${namespace}/${operation}"` },
      // The token has a nonce that must not be used twice.
      body: () => writeEnvelope(payload, credentials && usernameToken(credentials)),
      // SOAP 1.1, 6.2: faults come with status 500.
      pass: ({ status, contentType }) => status === 500 && /\bxml$/.test(contentType),
      inspect: (answer) => void replies.push(replyOf(answer, operation)),
    });
    const reply = replies.at(-1);
    if (reply === undefined) throw new SourceError('SOURCE_INVALID', { source });
    return reply;
  }

  function replyOf(answer: DoorAnswer, operation: string): SoapReply {
    const body = opened(answer);
    if ('fault' in body) return { fault: businessFault(body.fault) };
    const { name, namespace: own } = body.answer;
    if (name !== `${operation}Response` || own !== namespace) throw invalid('the answer to another question');
    return body;
  }

  function opened({ status, headers, body }: DoorAnswer): SoapBody {
    try {
      return readEnvelope(decodeXml(body, headers.get('content-type') ?? ''));
    } catch {
      // The parser's message may quote the answer.
      if (status >= 500) throw new SourceError('SOURCE_UNAVAILABLE', { source, cause: new HttpStatusError(status) });
      throw invalid('no SOAP 1.1 envelope in well-formed XML');
    }
  }

  function businessFault({ code, detailCode }: SoapFault): string {
    if (detailCode !== null && businessFaults.includes(detailCode)) return detailCode;
    const cause = new Error(`SOAP fault ${label(code)}, ${label(detailCode ?? 'no code')}`);
    throw new SourceError(code === 'Server' ? 'SOURCE_UNAVAILABLE' : 'SOURCE_INVALID', { source, cause });
  }

  const invalid = (reason: string) => invalidAnswer(source, reason);

  return {
    call,
    get state() {
      return door.state;
    },
  };
}

/** A code goes to the log; whatever else a department wrote in its place does not. */
const label = (code: string) => (/^[\w.-]{1,60}$/.test(code) ? code : 'unreadable');
