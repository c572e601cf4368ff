import { HttpStatusError } from '../../adapters/shared/http-status-error.ts';

/** A fetch for small JSON documents of the sign-in server: only status 200, no more than so many bytes, no redirects. */
export function boundedFetch(maxBytes: number): (url: string, init: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      throw new HttpStatusError(response.status);
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body) {
      length += chunk.byteLength;
      // Leaving the loop cancels the stream.
      if (length > maxBytes) throw new Error(`the sign-in server answered more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks), { status: 200, headers: response.headers });
  };
}
