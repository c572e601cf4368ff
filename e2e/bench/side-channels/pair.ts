import { randomUUID } from 'node:crypto';
import type { Stack } from '../../harness/start-stack.ts';

/** One thing that a caller asks, about two kinds of people who must look alike to this caller. */
export interface Pair {
  readonly name: string;
  /** What nobody may learn. */
  readonly secret: string;
  readonly purpose?: string;
  /** Made anew for each pair, so that no token is older than its samples. */
  readonly token: (stack: Stack) => Promise<string>;
  /** What is asked, by turns about one of each kind. Each side is asked no more than `times` times. */
  readonly sides: (
    stack: Stack,
    how: { readonly token: string; readonly times: number },
  ) => Promise<{ readonly a: Ask; readonly b: Ask }>;
}

export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
export type Ask = () => Question;

export const scoped =
  (client: string, ...scopes: string[]) =>
  async ({ signIn }: Stack) =>
    signIn.tokenFor(client, { scope: scopes.join(' ') });

/** In turn, over and over. */
export function turns<T>(of: readonly T[]): () => T {
  if (of.length === 0) throw new Error('nobody of this kind in the sample district');
  let i = 0;
  return () => of[i++ % of.length] as T;
}

export const about =
  (query: string, variables: () => Question['variables']): Ask =>
  () => ({ query, variables: variables() });
export const byId = (query: string, next: () => string) => about(query, () => ({ id: next() }));
export const nobody = () => randomUUID();
