import type { EndpointUrlFault } from '../../../adapters/webhooks/port.ts';
import type { WebhookUserErrorCode } from '../../../schema/generated/api-types.ts';

/** A failure that the caller can mend. `NOT_FOUND` = not there, or another's: the two look alike. */
export interface WebhookRefusal {
  readonly code: WebhookUserErrorCode;
  /** The input field at fault. */
  readonly path: readonly string[];
}

export const refusedWebhook = (code: WebhookRefusal['code'], ...path: string[]) =>
  ({ webhook: null, refusal: { code, path } }) as const;

const MESSAGES: Readonly<Record<WebhookUserErrorCode, string>> = {
  INVALID: '输入无效，请更正该字段。 / The input is not valid; correct this field.',
  NOT_FOUND: '不存在，或不是您的。 / Not there, or not yours.',
  NO_FEED: '您不代表任何转介方，没有变更流。 / You act for no party of referrals, so there is no feed of yours.',
  KEY_REUSED: '该幂等键已用于另一内容，请换一个。 / The idempotency key was used for something else; take another.',
  TOO_MANY: '回调地址已达上限，请先删去一个。 / There are as many webhooks as there may be; delete one first.',
  URL_INVALID:
    '须为完整的 https 地址，不超过 500 字符，不含用户名、口令与片段。 / Must be a whole https address of at most 500 characters without user name, password or fragment.',
  URL_NOT_HTTPS: '须用 https。 / Must be https.',
  URL_PORT_REFUSED: '该端口属于其他服务，不予发送。 / This port belongs to another service; nothing is sent there.',
  URL_ADDRESS_REFUSED:
    '该地址属内网、本机或保留网段，运维方未放行。 / This address is private, loopback or reserved, and the operator has not allowed it.',
  RECEIVER_UNREACHABLE:
    '未能送达：没有这个名称、地址未放行、连不上、证书无效或超时。 / It could not be reached: no such name, an address that is not allowed, no connection, no valid certificate, or no answer in time.',
  CHALLENGE_UNANSWERED:
    '接收方须以 2xx 回答，并在 JSON 中原样带回 challenge。 / The receiver has to answer 2xx with the challenge as it came, in JSON.',
  TOO_SOON: '刚刚验证过，请稍后再试。 / It was tried a moment ago; try again a little later.',
  NOT_VERIFIED: '尚未验证，请先验证。 / It is not verified yet; verify it first.',
};

/** What the caller can mend, in words, and where. */
export function webhookUserErrors(refusal: WebhookRefusal | null) {
  if (refusal === null) return [];
  const { code, path } = refusal;
  return [{ code, message: MESSAGES[code], path: path.length === 0 ? null : ['input', ...path] }];
}

export const URL_REFUSALS: Readonly<Record<EndpointUrlFault, WebhookRefusal['code']>> = {
  NOT_A_URL: 'URL_INVALID',
  TOO_LONG: 'URL_INVALID',
  CREDENTIALS: 'URL_INVALID',
  FRAGMENT: 'URL_INVALID',
  NOT_HTTPS: 'URL_NOT_HTTPS',
  PORT_REFUSED: 'URL_PORT_REFUSED',
  ADDRESS_REFUSED: 'URL_ADDRESS_REFUSED',
};
