import { keyProxy } from '../harness/key-proxy.ts';
import { startStack } from '../harness/start-stack.ts';
import { testKey } from '../harness/test-key.ts';
import { describeTokens } from './tokens.contract.ts';

describeTokens('the development sign-in server', async () => {
  const key = await testKey();
  let published = true;
  const keys = await keyProxy(() => (published ? [key.publicJwk] : []));
  const stack = await startStack({ environment: { OIDC_JWKS_URL: keys.url } });
  keys.before(stack.signIn.issuer);
  return {
    stack,
    gateways: [stack.gateway],
    key,
    keys,
    publish: async (own) => void (published = own),
    close: async () => {
      await stack.close();
      await keys.close();
    },
  };
});
