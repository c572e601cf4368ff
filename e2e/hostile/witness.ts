/** Sees what an adapter does while it is attacked. */
export interface Witness {
  called(url: URL, how: { readonly baseUrl: string; readonly redirect: string | undefined }): void;
  sent(bytes: number): void;
  /** `null` = of nothing. */
  blamed(fault: string | null): void;
  /** What the adapter tells its log. */
  readonly log: { warn(details: object, message?: string): void; info(details: object, message?: string): void };
  readonly calls: number;
  readonly bytes: number;
  readonly told: readonly object[];
  /** The first thing that it should not have done. */
  readonly fault: string | null;
}

export function watch(): Witness {
  const told: object[] = [];
  let calls = 0;
  let bytes = 0;
  let fault: string | null = null;
  const tell = (details: object) => void told.push(details);
  return {
    called(url, { baseUrl, redirect }) {
      calls += 1;
      if (!`${url.href}/`.startsWith(`${baseUrl}/`)) fault ??= `it asked ${url.href}`;
      if (redirect !== 'manual') fault ??= 'it lets fetch follow redirects';
    },
    blamed(what) {
      fault ??= what;
    },
    sent(more) {
      bytes += more;
    },
    log: { warn: tell, info: tell },
    get calls() {
      return calls;
    },
    get bytes() {
      return bytes;
    },
    told,
    get fault() {
      return fault;
    },
  };
}
