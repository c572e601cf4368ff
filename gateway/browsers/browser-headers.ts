import { SECURITY_HEADERS } from '../../subgraphs/shared/security-headers.ts';

export interface BrowserHeaders {
  /** Of GraphQL's answers, which depend on what the client accepts. */
  readonly graphql: Readonly<Record<string, string>>;
  /** Of all others. */
  readonly pages: Readonly<Record<string, string>>;
}

/** The constant headers of the front door. They are made once: the door writes them with each answer. */
export function browserHeaders({
  strictTransportSeconds = 0,
  compression = false,
  origins = false,
}: {
  /** 0 = not sent: over plain HTTP the header means nothing (RFC 6797, 7.2), and where TLS ends its proxy usually says it. */
  strictTransportSeconds?: number;
  compression?: boolean;
  /** Whether an answer depends on the page that asks. */
  origins?: boolean;
}): BrowserHeaders {
  const all = {
    ...SECURITY_HEADERS,
    ...(strictTransportSeconds > 0 && { 'strict-transport-security': `max-age=${strictTransportSeconds}` }),
  };
  const vary = ['accept', ...(compression ? ['accept-encoding'] : []), ...(origins ? ['origin'] : [])].join(', ');
  return { graphql: { ...all, vary }, pages: { ...all, ...(origins && { vary: 'origin' }) } };
}
