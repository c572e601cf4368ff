/** An HTTP service within the process that answers as a department does, and then spoils its answers. */
import { BYTE_SPOILS } from './spoil-bytes.ts';
import { type HttpAnswer, HTTP_SPOILS } from './spoil-http.ts';
import { type Spoil, spoilt, type Spoils } from './spoil.ts';
import type { Witness } from './witness.ts';

interface Asked {
  readonly url: URL;
  readonly method: string;
  readonly body: string;
  readonly call: number;
}

export interface HostileService<Tree> {
  readonly baseUrl: string;
  readonly contentType: string;
  /** The right answer, made anew for each call. */
  readonly answer: (request: Asked) => Tree;
  /** What is wrong with a request; `null` = nothing. */
  readonly faultOf?: (request: Asked) => string | null;
  /** What can be wrong with it before it is written. */
  readonly treeSpoils: Spoils<Tree>;
  readonly write: (tree: Tree) => string;
}

/** All kinds of spoils that such a service knows. */
export const kindsOf = (treeSpoils: Readonly<Record<string, unknown>>): readonly string[] => [
  // What the format is about comes three times as often as what HTTP is about.
  ...[treeSpoils, treeSpoils, treeSpoils].flatMap((table) => Object.keys(table)),
  ...Object.keys(BYTE_SPOILS),
  ...Object.keys(HTTP_SPOILS),
];

export function hostileFetch<Tree>(
  { baseUrl, contentType, answer, faultOf = () => null, treeSpoils, write }: HostileService<Tree>,
  { spoils, witness }: { readonly spoils: readonly Spoil[]; readonly witness: Witness },
): typeof globalThis.fetch {
  let calls = 0;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const call = calls++;
    witness.called(url, { baseUrl, redirect: init?.redirect });
    const asked = { url, method: init?.method ?? 'GET', body: textOf(init?.body), call };
    witness.blamed(faultOf(asked));
    const tree = spoilt(answer(asked), treeSpoils, { spoils, call });
    const bytes = spoilt<Uint8Array>(Buffer.from(write(tree), 'utf8'), BYTE_SPOILS, { spoils, call });
    const right: HttpAnswer = { status: 200, headers: new Headers({ 'content-type': contentType }), bytes };
    const given = spoilt(right, HTTP_SPOILS, { spoils, call });
    if (given.lost) throw new TypeError('fetch failed');
    const hasBody = given.status !== 204 && given.status !== 205 && given.status !== 304;
    return new Response(hasBody ? watched(given, witness) : null, { status: given.status, headers: given.headers });
  };
}

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '';

/** The body in pieces, each counted when it is taken. */
function watched({ bytes, endless, breaksAfter }: HttpAnswer, witness: Witness): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (breaksAfter !== undefined && at >= breaksAfter) return controller.error(new TypeError('terminated'));
        const piece = endless ?? bytes.subarray(at, Math.min(bytes.length, at + 65_536, breaksAfter ?? Infinity));
        if (piece.length === 0) return controller.close();
        at += piece.length;
        witness.sent(piece.length);
        controller.enqueue(Uint8Array.from(piece));
      },
    },
    { highWaterMark: 0 },
  );
}
