import type { z } from 'zod';
import { HttpStatusError } from './http-status-error.ts';
import { parseJson } from './parse-answer.ts';
import { invalidAnswer, SourceError } from './source-error.ts';

/** What came through an HTTP door. */
export interface DoorAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Lower case, without parameters; `''` where none was given. */
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Parses the body as JSON in UTF-8. Throws SOURCE_INVALID. */
  json<T>(schema: z.ZodType<T>): T;
  /** Decodes the body by its charset (UTF-8 where none is given). Throws SOURCE_INVALID. */
  text(): string;
}

export interface AnswerRules {
  readonly source: string;
  readonly maxBytes: number;
  /** Media types that the caller can use; any JSON (XML) stands for all JSON (XML). */
  readonly accept: string;
  /** Answers of these kinds go to the caller as they are, although they are no success. */
  readonly pass: (answer: { status: number; contentType: string }) => boolean;
}

/** Checks status and content type, reads the body within its limit. Throws `SourceError`. */
export async function readAnswer(response: Response, rules: AnswerRules): Promise<DoorAnswer> {
  const { source } = rules;
  const contentType = mediaType(response.headers.get('content-type') ?? '');
  const passed = rules.pass({ status: response.status, contentType });
  if (!passed) refuseStatus(response, source);
  const body = await readBody(response, rules);
  if (!passed && body.length > 0 && !accepts(rules.accept, contentType)) {
    throw invalidAnswer(source, `content type ${nameable(contentType)}`);
  }
  return answerOf(response, { source, contentType, body });
}

function answerOf(
  response: Response,
  { source, contentType, body }: { source: string; contentType: string; body: Uint8Array },
) {
  return {
    status: response.status,
    headers: response.headers,
    contentType,
    body,
    json: <T>(schema: z.ZodType<T>) => parseJson(source, body, schema),
    text: () => decoded(body, { source, header: response.headers.get('content-type') ?? '' }),
  };
}

function refuseStatus({ status, headers }: Response, source: string): void {
  if (status >= 200 && status < 300) return;
  const cause = new HttpStatusError(status);
  if (status >= 500 || status === 429 || status === 408) {
    throw new SourceError('SOURCE_UNAVAILABLE', {
      source,
      cause,
      retryAfterMs: retryAfterMs(headers.get('retry-after')),
    });
  }
  if (status === 401 || status === 403)
    throw new SourceError('SOURCE_UNAVAILABLE', { source, cause, transient: false });
  throw new SourceError('SOURCE_INVALID', { source, cause });
}

/** RFC 9110 10.2.3: seconds or an HTTP date. `null` where absent or malformed. */
export function retryAfterMs(value: string | null): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

async function readBody(response: Response, { source, maxBytes }: AnswerRules): Promise<Uint8Array> {
  const declared = Number(response.headers.get('content-length') ?? Number.NaN);
  if (declared > maxBytes) throw invalidAnswer(source, `more than ${maxBytes} bytes`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await nextOf(reader, source); part !== undefined; part = await nextOf(reader, source)) {
    size += part.length;
    if (size > maxBytes) throw invalidAnswer(source, `more than ${maxBytes} bytes`);
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array> | undefined, source: string) {
  try {
    const { value } = (await reader?.read()) ?? {};
    return value;
  } catch (cause) {
    throw cutOff(source, cause);
  }
}

/** The next try may get the whole answer. */
function cutOff(source: string, cause: unknown): SourceError {
  return new SourceError('SOURCE_INVALID', { source, cause, transient: true });
}

function mediaType(header: string): string {
  return (header.split(';')[0] ?? '').trim().toLowerCase();
}

function accepts(accept: string, contentType: string): boolean {
  return accept.split(',').some((range) => {
    const wanted = mediaType(range);
    return (
      wanted === '*/*' ||
      wanted === contentType ||
      (familyOf(wanted) !== null && familyOf(wanted) === familyOf(contentType))
    );
  });
}

/** For the log: what a type is called, and nothing that a department may have written in its place. */
function nameable(type: string): string {
  if (type === '') return 'missing';
  return /^(?:application|image|multipart|text)\/[a-z.+-]{1,40}$/.test(type) ? type : 'unreadable';
}

function familyOf(type: string): 'json' | 'xml' | null {
  if (/^application\/(.+\+)?json$|^text\/json$/.test(type)) return 'json';
  if (type === 'application/xhtml+xml') return null;
  return /^application\/(.+\+)?xml$|^text\/xml$/.test(type) ? 'xml' : null;
}

function decoded(body: Uint8Array, { source, header }: { source: string; header: string }): string {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(header)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch {
    throw invalidAnswer(source, `not valid ${charset}`);
  }
}
