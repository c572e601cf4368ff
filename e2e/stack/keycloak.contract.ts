/** What only a real Keycloak can show: that its realm is what the schema asks for, and how long what it has ended is still served. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { askHub } from '../harness/hub-client.ts';
import { browserless, formIn } from '../sign-in/browserless.ts';
import { authorizationUrl } from '../sign-in/code-flow.ts';
import { CONSOLE } from '../sign-in/sign-in-client.ts';
import { EVENTS, measuredEnds, type MeasuredEnd } from './ended-tokens.ts';
import { type KeycloakAdmin, keycloakAdmin } from './keycloak-admin.ts';
import { type KeycloakWorld, newKeySigns } from './keycloak-world.ts';
import type { RunningKeycloak } from './servers/keycloak.ts';

/** What questions at Keycloak take on a machine that has much else to do, and the pause between two looks. */
const MARGIN_MS = 3_000;

/** Of a hub behind it, which others may ask before. */
export function describeKeycloak(world: () => KeycloakWorld): void {
  test('the realm of a Keycloak that imported it is what the schema asks for: diff has nothing to say', async () => {
    // The test's own key is none of the realm's, and nobody of the demo is asked for a second factor.
    const lines = await realmDiff(world().signIn.keycloak, 'care');
    expect(lines.filter((line) => !/key rsa RS256( is active)?$|required action|too much\.$/.test(line))).toEqual([]);
  }, 60_000);

  test('the realm that is committed is so as well; a key that is off, rights that are given in it, and sign-outs that stay on its machine are told', async () => {
    const { keycloak, admin } = world().signIn;
    await admin.importRealm(committedRealm('committed'));
    const there = keycloakAdmin(keycloak, { realm: 'committed' });
    try {
      expect(await realmDiff(keycloak, 'committed')).toEqual(['The realm committed is as the schema asks.']);
      await giveRights(there);
      expect(await realmDiff(keycloak, 'committed')).toEqual([
        '- key ecdsa-generated P-256',
        '- key ecdsa-generated P-256 is active',
        '- user profile, unmanagedAttributePolicy = ADMIN_EDIT',
        '+ everybody has role audit:read of hub-api',
        '+ identity provider city (oidc)',
        '+ service account of vendor-sandbox has role audit:read of hub-api',
        '+ user profile, unmanagedAttributePolicy = ENABLED',
        '3 lacking, 4 too much.',
      ]);
      await there.changeRealm({ attributes: { frontendUrl: 'https://sso.city.example' } });
      expect((await realmDiff(keycloak, 'committed')).at(-1)).toMatch(
        /^Hint: Keycloak tells http:\/\/127\.0\.0\.1:4000\/backchannel-logout of sessions/,
      );
    } finally {
      await there.ask('DELETE', '');
    }
  }, 240_000);

  test('a newcomer reads Chinese from page to page: sign-in, a password of their own, a second factor', async () => {
    const { admin, issuer } = world().signIn;
    const given = 'given-by-an-operator';
    const credentials = [{ type: 'password', value: given }];
    const requiredActions = ['UPDATE_PASSWORD', 'CONFIGURE_TOTP'];
    await admin.ask('POST', '/users', { username: 'newcomer', enabled: true, credentials, requiredActions });
    try {
      const browse = browserless();
      const own = 'of-ones-own-choice';
      let page = await browse(authorizationUrl({ ...CONSOLE, issuer }, 'x'.repeat(43)));
      for (const { heading, form, filledIn } of [
        { heading: '登录到您的账户', form: 'kc-form-login', filledIn: { username: 'newcomer', password: given } },
        {
          heading: '更新密码',
          form: 'kc-passwd-update-form',
          filledIn: { 'password-new': own, 'password-confirm': own },
        },
        { heading: '配置验证器', form: 'kc-totp-settings-form', filledIn: null },
      ]) {
        expect(headOf(await page.clone().text())).toEqual(['zh-CN', heading]);
        const action = await formIn(page, form);
        if (filledIn !== null) page = await browse(action, filledIn);
      }
    } finally {
      await admin.ask('DELETE', `/users/${await admin.userKey('newcomer')}`);
    }
  }, 60_000);

  describe('case 10: what Keycloak has ended', () => {
    let measured: ReadonlyMap<string, MeasuredEnd>;
    beforeAll(async () => {
      measured = await measuredEnds(world());
      // The figures of docs/decisions/revoked-tokens.md.
      for (const [event, { plainMs, confirmedMs }] of measured)
        process.stderr.write(`${event}: ${plainMs} ms, confirmed ${confirmedMs} ms\n`);
    }, 240_000);

    test.each(EVENTS.map(({ name, bound }) => [name, bound] as const))('%s: is refused in time', (name, bound) => {
      const { plainMs = Infinity, confirmedMs = Infinity } = measured.get(name) ?? {};
      expect(plainMs).toBeLessThan(bound.plain * 1_000 + MARGIN_MS);
      expect(confirmedMs).toBeLessThan(bound.confirmed * 1_000 + MARGIN_MS);
    });
  });

  test('keys that rotate refuse nobody: three times a new one begins to sign under requests', async () => {
    const { signIn, stack } = world();
    const statuses: number[] = [];
    const over = new AbortController();
    const asking = Array.from({ length: 4 }, async () => {
      while (!over.signal.aborted) {
        const token = await signIn.tokenFor('justice-system');
        statuses.push((await askHub(stack.gateway, { token, query: '{ __typename }' })).status);
      }
    });
    const until = async (more: number) => {
      const enough = statuses.length + more;
      while (statuses.length < enough)
        await Promise.race([...asking, new Promise((resolve) => setTimeout(resolve, 50))]);
    };
    for (let times = 0; times < 3; times += 1) {
      await until(10);
      await newKeySigns(signIn);
    }
    await until(10);
    over.abort();
    await Promise.all(asking);
    expect(new Set(statuses)).toEqual(new Set([200]));
  }, 120_000);
}

/** Language and heading. */
const headOf = (html: string) =>
  [/<html[^>]* lang="([^"]+)"/, /id="kc-page-title"[^>]*>(?:\s|<!--[^]*?-->)*([^<]*)</].map((pattern) =>
    pattern.exec(html)?.[1]?.trim(),
  );

const SCHEMA = new URL('../../schema/', import.meta.url);

/** Lines of `npm run realm -- diff`. */
async function realmDiff({ url, admin }: RunningKeycloak, realm: string): Promise<readonly string[]> {
  const program = fileURLToPath(new URL('keycloak/main.ts', SCHEMA));
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'diff', '--url', url, '--realm', realm], {
    env: { KEYCLOAK_ADMIN_USERNAME: admin.username, KEYCLOAK_ADMIN_PASSWORD: admin.password },
  }).catch(({ stdout: told }: { stdout: string }) => ({ stdout: told }));
  return stdout.trim().split('\n');
}

/** Under another name. Ids of users are unique in all of Keycloak, and the demo's realm has these. */
function committedRealm(name: string): object {
  const committed = z
    .looseObject({ users: z.array(z.looseObject({})) })
    .parse(JSON.parse(readFileSync(new URL('keycloak/realm.json', SCHEMA), 'utf8')));
  return { ...committed, realm: name, users: committed.users.map((user) => ({ ...user, id: undefined })) };
}

/** In ways that Keycloak tells in different parts of its export; one of its keys is off from then on. */
async function giveRights({ ask, clientKey, componentKey }: KeycloakAdmin): Promise<void> {
  const object = z.looseObject({ id: z.string() });
  const [hub, vendor] = [await clientKey('hub-api'), await clientKey('vendor-sandbox')];
  const role = object.parse(await ask('GET', `/clients/${hub}/roles/audit:read`));
  const account = object.parse(await ask('GET', `/clients/${vendor}/service-account-user`));
  await ask('POST', `/users/${account.id}/role-mappings/clients/${hub}`, [role]);
  await ask('POST', '/roles/default-roles-committed/composites', [role]);
  const profile = z.looseObject({}).parse(await ask('GET', '/users/profile'));
  await ask('PUT', '/users/profile', { ...profile, unmanagedAttributePolicy: 'ENABLED' });
  const config = { clientId: 'x', authorizationUrl: 'https://city.example/a', tokenUrl: 'https://city.example/t' };
  const key = `/components/${await componentKey('es256')}`;
  const { config: keySettings, ...rest } = z.looseObject({ config: z.looseObject({}) }).parse(await ask('GET', key));
  await ask('PUT', key, { ...rest, config: { ...keySettings, enabled: ['false'] } });
  await ask('POST', '/identity-provider/instances', { alias: 'city', providerId: 'oidc', config });
}
