import { expect } from '@jest/globals';
import type { Caller } from './caller.ts';
import { codesAndPaths, type HubAnswer } from './hub-client.ts';

/** Nothing of what was asked comes back but nulls, ids and names of types, and every error says that it was refused. */
export async function expectDenied(
  asking: Caller | Promise<Caller>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<HubAnswer> {
  const answer = await (await asking).ask(query, variables);
  expect(answer.errors.length).toBeGreaterThan(0);
  for (const line of codesAndPaths(answer)) expect(line).toMatch(/^(FORBIDDEN_FIELD|NO_BASIS) /);
  expect(valuesIn(answer.data).filter((value) => value !== null && value !== 'Person')).toEqual([variables.id]);
  expectNothingInside(answer);
  return answer;
}

/** Case 36: stack, SQL, upstream body and internal address stay inside. */
export function expectNothingInside({ errors }: Pick<HubAnswer, 'errors'>): void {
  const text = JSON.stringify(errors);
  expect(text).not.toMatch(/\bat (async )?\S+ \(?\S*:\d+:\d+|\.ts\b|node:|node_modules|stacktrace/i);
  expect(text).not.toMatch(/\b(select|insert|from|where)\b .*\b(v_|from|where|values)\b/i);
  expect(text).not.toMatch(/127\.0\.0\.1|localhost|https?:|ECONN|ENOENT|NullPointer|html|系统维护|系统错误|\/tmp\//i);
  const shown = new Set(['code', 'department', 'category', 'coordinate', 'requiredScopes', 'limit', 'id']);
  for (const { extensions } of errors) expect(Object.keys(extensions).filter((key) => !shown.has(key))).toEqual([]);
}

function valuesIn(data: unknown): readonly unknown[] {
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(valuesIn) : [data];
}
