/** Told how much is done. */
export type Progress = (done: number) => void;

const EVERY_MS = 5_000;

/** Says now and then how far it is, how fast it goes and how long the rest takes at that rate. Test support. */
export function progressLines({
  what,
  from,
  to,
  say = () => {},
}: {
  what: string;
  from: number;
  /** `null` = it is not known how many there are. */
  to: number | null;
  say?: ((line: string) => void) | undefined;
}): Progress {
  const began = performance.now();
  let told = began;
  return (done) => {
    const now = performance.now();
    if (now - told < EVERY_MS && (to === null || done < to)) return;
    told = now;
    const rate = (done - from) / ((now - began) / 1_000);
    const [of, left] = to === null ? ['', ''] : [` of ${to}`, `, ${Math.ceil((to - done) / rate)} s left`];
    say(`${what}: ${done}${of}, ${Math.round(rate)} a second${left}`);
  };
}
