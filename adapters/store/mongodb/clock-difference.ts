import { z } from 'zod';

/** Leases are of 30 s and more. */
const CLOCKS_DIFFER_MS = 5_000;

/** MongoDB's own answer tells its time; that of a server which only speaks its language may not. */
const greeting = z.object({ localTime: z.date().optional() });

/**
 * That the clock here, which said `from` before the server was greeted and `to` afterwards, is another than the server's:
 * leases go by it. `null` = they agree, or the server tells no time.
 */
export function clockDifference(hello: unknown, { from, to }: { from: number; to: number }): string | null {
  const theirs = greeting.safeParse(hello).data?.localTime?.getTime() ?? from;
  if (theirs >= from - CLOCKS_DIFFER_MS && theirs <= to + CLOCKS_DIFFER_MS) return null;
  const [here, there] = [to, theirs].map((time) => new Date(time).toISOString());
  return `this machine's clock says ${here}, the database's ${there}: work is leased too early or too late beside other gateways; set both by NTP`;
}
