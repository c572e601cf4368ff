/** Runs a task; who asks while it runs waits for the same run. */
export function oneAtATime(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return async () => {
    running ??= task().finally(() => {
      running = null;
    });
    await running;
  };
}
