import { hash } from 'node:crypto';
import { causeForLog } from '../../../subgraphs/shared/cause-for-log.ts';
import type { Log } from '../../../subgraphs/shared/log.ts';
import { AuthenticationError } from '../authentication-error.ts';
import { rememberedTokens } from '../remembered-tokens.ts';
import type { HubClient } from './hub-client.ts';

export interface TokenConfirmationOptions {
  readonly client: Pick<HubClient, 'isActive'>;
  readonly log: Log;
  /** For so long what the sign-in server said of a token is taken as still so. */
  readonly rememberSeconds?: number;
  /** Tokens asked about at the same time; who comes beyond that is refused. */
  readonly mostAtOnce?: number;
  readonly now?: () => number;
}

/** Throws `AuthenticationError`: the sign-in server has ended the token, or does not say. */
export type ConfirmToken = (token: string) => Promise<void>;

/**
 * Asks the sign-in server whether a verified token still holds, for what is worth the time. Without an answer it does not:
 * whoever could keep the two apart could otherwise go on with a token that was ended.
 */
export function tokenConfirmation({
  client,
  log,
  rememberSeconds = 5,
  mostAtOnce = 100,
  now = Date.now,
}: TokenConfirmationOptions): ConfirmToken {
  const known = rememberedTokens<boolean>({ seconds: rememberSeconds, now });
  const asked = new Map<string, Promise<boolean>>();

  const ask = async (key: string, token: string): Promise<boolean> => {
    if (asked.size >= mostAtOnce) throw new AuthenticationError('UNCONFIRMED');
    try {
      const active = await client.isActive(token);
      known.set(key, active, Infinity);
      return active;
    } catch (cause) {
      log.error({ cause: causeForLog(cause) }, 'the sign-in server does not say whether a token still holds');
      throw new AuthenticationError('UNCONFIRMED', { cause });
    } finally {
      asked.delete(key);
    }
  };

  return async (token) => {
    const key = hash('sha256', token, 'base64');
    let answer = known.get(key) ?? asked.get(key);
    if (answer === undefined) {
      answer = ask(key, token);
      // What `ask` refuses at once is over before it could be kept.
      if (asked.size < mostAtOnce) asked.set(key, answer);
    }
    if (!(await answer)) throw new AuthenticationError('ENDED');
  };
}
