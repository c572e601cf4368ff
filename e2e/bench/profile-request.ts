import { isDeepStrictEqual } from 'node:util';
import { PROFILE } from '../demo/queries.ts';
import { storyOf } from '../harness/care-seed.ts';
import { askHub, codesAndPaths } from '../harness/hub-client.ts';
import type { Stack } from '../harness/start-stack.ts';

/** The request that is measured: the whole profile of the pupil, as the case manager who may see all of it. */
export interface ProfileRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** With a fresh token: none is as old as a long run of benchmarks. */
export async function profileRequest({ signIn, world }: Stack): Promise<ProfileRequest> {
  const token = await signIn.signIn('health-worker');
  return {
    headers: {
      'content-type': 'application/json',
      'x-purpose-of-use': 'CARE',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ query: PROFILE, variables: { id: storyOf(world, 'pupil-in-crisis').id } }),
  };
}

/** Asks each once. Throws unless all give the whole profile, and the same: what is compared must be the same work. */
export async function expectSameProfile(stack: Stack, urls: readonly string[]): Promise<{ bytes: number }> {
  const token = await stack.signIn.signIn('health-worker');
  const variables = { id: storyOf(stack.world, 'pupil-in-crisis').id };
  const profiles: unknown[] = [];
  for (const url of urls) {
    // The first request of a start fetches keys and tokens, connects and plans: on a busy machine for longer than a department is waited for.
    await askHub(url, { token, query: PROFILE, variables });
    const answer = await askHub(url, { token, query: PROFILE, variables });
    if (answer.errors.length > 0) throw new Error(`${url} has no whole profile: ${codesAndPaths(answer).join(', ')}`);
    profiles.push(withoutTimes(answer.data));
  }
  if (!profiles.every((profile) => isDeepStrictEqual(profile, profiles[0])))
    throw new Error('the contestants do not give the same profile');
  return { bytes: Buffer.byteLength(JSON.stringify({ data: profiles[0] })) };
}

/** When a department was read differs from one request to the next. */
function withoutTimes(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data, (key, value: unknown) => (key === 'asOf' ? null : value)));
}
