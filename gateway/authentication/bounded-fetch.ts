import type { FetchImplementation } from 'jose';

/** A fetch for small JSON documents: only status 200, no more than so many bytes, no redirects. */
export function boundedFetch(maxBytes: number): FetchImplementation {
  return async (url, options) => {
    const response = await fetch(url, { ...options, redirect: 'manual' });
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      throw new Error(`key endpoint answered ${response.status}`);
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body) {
      length += chunk.byteLength;
      // Leaving the loop cancels the stream.
      if (length > maxBytes) throw new Error(`key endpoint answered more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks), { status: 200 });
  };
}
