/** Runs a task, one run at a time; who asks waits for a run that begins afterwards, the same for all who wait for it. */
export function freshRun(task: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve();
  let next: Promise<void> | null = null;
  return async () => {
    next ??= last = last
      .catch(() => {})
      .then(async () => {
        next = null;
        await task();
      });
    await next;
  };
}
