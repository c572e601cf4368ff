const TOLD_EVERY_MS = 2_000;

export type Progress = (what: string, done: number) => void;

/** Tells on standard error how far long work has come, now and then. */
export function progress(): Progress {
  let told = performance.now();
  return (what, done) => {
    if (performance.now() - told < TOLD_EVERY_MS) return;
    told = performance.now();
    console.error(`${what}: ${done}`);
  };
}
