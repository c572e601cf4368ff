/**
 * The way out to those who asked to be told (webhooks). What is sent is signed by whoever sends it; here is only the door:
 * which addresses it opens to, how long it waits, how much of an answer it reads.
 */

/** Why an address is none that the hub sends to. Only from its text: where its name leads is looked at when sending. */
export type EndpointUrlFault =
  'NOT_A_URL' | 'TOO_LONG' | 'NOT_HTTPS' | 'CREDENTIALS' | 'FRAGMENT' | 'PORT_REFUSED' | 'ADDRESS_REFUSED';

export interface WebhookMessage {
  /** As `endpointUrl` gave it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of one try; nothing of it throws. */
export type WebhookAnswer =
  | {
      readonly kind: 'ANSWERED';
      readonly status: number;
      /** As the receiver asks in `Retry-After`. */
      readonly retryAfterMs: number | null;
      /** Its beginning, in UTF-8. */
      readonly body: string;
    }
  /**
   * `ADDRESS_REFUSED`: the name leads to an address that the hub does not send to; nothing was sent. `TIMEOUT`: no answer
   * in time. `UNREACHABLE`: no such name, no connection, no valid certificate, a broken answer.
   */
  | { readonly kind: 'ADDRESS_REFUSED' | 'TIMEOUT' | 'UNREACHABLE' };

export interface WebhookSender {
  /** The address in its one spelling, or what is wrong with it. */
  endpointUrl(text: string): { readonly url: string; readonly fault: null } | { readonly fault: EndpointUrlFault };
  /** One try: a POST, no redirect followed. */
  send(message: WebhookMessage): Promise<WebhookAnswer>;
  close(): Promise<void>;
}
