/** What something took. Test support. */
export interface Taken {
  readonly ms: number;
  /** Processor time of the whole process, all threads. */
  readonly micros: number;
}

/** Everything that ran in this process meanwhile counts. */
export async function timed(work: () => Promise<unknown>): Promise<Taken> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - started, micros: user + system };
}
