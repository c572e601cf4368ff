import type { FastifyInstance } from 'fastify';
import { causeForLog } from '../../../subgraphs/shared/cause-for-log.ts';
import type { Log } from '../../../subgraphs/shared/log.ts';
import type { TakeLogout } from './take-logout.ts';

export const LOGOUT_PATH = '/backchannel-logout';
/** A logout token has about 1 kB. */
const MAX_BYTES = 16_384;

/**
 * Where the sign-in server tells that a session has ended (OpenID Connect Back-Channel Logout 1.0, 2.5 and 2.8): no token
 * of the caller's, what is posted proves itself.
 */
export function addLogoutPage(
  app: Pick<FastifyInstance, 'register'>,
  { take, log }: { take: TakeLogout; log: Log },
): void {
  void app.register(async (page) => {
    page.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MAX_BYTES },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    page.post(LOGOUT_PATH, async ({ body }, reply) => {
      void reply.header('cache-control', 'no-store');
      const tokens = body instanceof URLSearchParams ? body.getAll('logout_token') : [];
      try {
        const [token = ''] = tokens.length === 1 ? tokens : [];
        await take(token);
        return await reply.code(200).send();
      } catch (error) {
        // A token that is none is refused as well, and who keeps sending them is to be seen.
        log.warn({ cause: causeForLog(error) }, 'a logout that came from outside was not taken');
        return reply.code(400).send({ error: 'invalid_request' });
      }
    });
  });
}
