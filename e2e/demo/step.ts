import type { Stack } from '../harness/start-stack.ts';

/** One step of the story: what happens, and what must have come of it. */
export interface Step {
  readonly zh: string;
  readonly en: string;
  /** Answers what to show; throws when the step did not give what it should. */
  run(stack: Stack): Promise<readonly string[]>;
}
