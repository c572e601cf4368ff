import { createHash } from 'node:crypto';

/** The files of one composition that the gateway serves: none of them may stand beside another's. */
export interface ComposedTexts {
  readonly supergraph: string;
  readonly api: string;
  readonly permissions: string;
}

const MARK = '# composed together: sha256 ';
const MARKED = new RegExp(`^${MARK}([0-9a-f]{64})$`);

/** The supergraph with a first line that names all three by their content; it is a comment to everybody else. */
export function marked(composed: ComposedTexts): string {
  return `${MARK}${fingerprint(composed)}\n${composed.supergraph}`;
}

/** Whether a marked supergraph and these two come from one run of `npm run compose`, unchanged since. */
export function areComposedTogether({ supergraph, ...companions }: ComposedTexts): boolean {
  const [first = '', ...rest] = withUnixLines(supergraph).split('\n');
  const [, named] = MARKED.exec(first) ?? [];
  return named === fingerprint({ supergraph: rest.join('\n'), ...companions });
}

function fingerprint({ supergraph, api, permissions }: ComposedTexts): string {
  const texts = [supergraph, api, permissions].map((text) => withUnixLines(text).trimEnd());
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}

/** A checkout may have changed the line ends. */
function withUnixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
