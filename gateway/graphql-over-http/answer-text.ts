import { octetsOf } from '../subgraph-sources/passed-text.ts';
import type { Response } from './pipeline.ts';

/** The text of an answer, and how its characters become bytes. */
export interface AnswerText {
  readonly text: string;
  readonly encoding: 'utf8' | 'latin1';
}

/** The JSON of a response with a line feed at its end; always UTF-8. Errors first: who reads the text sees them. */
export function answerText({ errors, data, octets, extensions }: Response): AnswerText {
  if (octets === undefined) return { text: `${JSON.stringify({ errors, data, extensions })}\n`, encoding: 'utf8' };
  const before = errors === undefined ? '' : `"errors":${octetsOf(JSON.stringify(errors))},`;
  const after = extensions === undefined ? '' : `,"extensions":${octetsOf(JSON.stringify(extensions))}`;
  return { text: `{${before}"data":${octets}${after}}\n`, encoding: 'latin1' };
}
