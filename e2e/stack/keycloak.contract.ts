/** What only a real Keycloak can show: that its realm is what the schema asks for, and how long what it has ended is still served. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { askHub } from '../harness/hub-client.ts';
import { EVENTS, measuredEnds, type MeasuredEnd, TOKEN_SECONDS } from './ended-tokens.ts';
import { type KeycloakWorld, newKeySigns } from './keycloak-world.ts';

/** Of a hub behind it, which others may ask before. */
export function describeKeycloak(world: () => KeycloakWorld): void {
  test('the realm of a Keycloak that imported it is what the schema asks for: diff has nothing to say', async () => {
    const program = fileURLToPath(new URL('../../schema/keycloak/main.ts', import.meta.url));
    const { username, password } = world().signIn.keycloak.admin;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [program, 'diff', '--url', world().signIn.keycloak.url],
      {
        env: { KEYCLOAK_ADMIN_USERNAME: username, KEYCLOAK_ADMIN_PASSWORD: password },
      },
    ).catch(({ stdout: told }: { stdout: string }) => ({ stdout: told }));
    // The test's own key is none of the realm's, and nobody of the demo is asked for a second factor.
    const lines = stdout.trim().split('\n');
    expect(lines.filter((line) => !/key rsa RS256$|required action|too much\.$/.test(line))).toEqual([]);
  }, 60_000);

  describe('case 10: what Keycloak has ended', () => {
    let measured: ReadonlyMap<string, MeasuredEnd>;
    beforeAll(async () => {
      measured = await measuredEnds(world());
      // The figures of docs/decisions/revoked-tokens.md.
      for (const [event, { plainMs, confirmedMs }] of measured)
        process.stderr.write(`${event}: ${plainMs} ms, confirmed ${confirmedMs} ms\n`);
    }, 240_000);

    test.each(EVENTS.map(({ name, told }) => [name, told] as const))('%s: is refused in time', (name, told) => {
      const { plainMs = Infinity, confirmedMs = Infinity } = measured.get(name) ?? {};
      // In force after a second or two; the rest is for a machine that has much else to do.
      expect(confirmedMs).toBeLessThan(15_000);
      expect(plainMs).toBeLessThan(told ? 15_000 : (TOKEN_SECONDS + 5) * 1_000 + 10_000);
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
