/**
 * Loaded before a program of the demo (`node --import`): its clock is ahead by the milliseconds that the file in
 * `MOVED_CLOCK_FILE` holds. So the story can wait a day for a clock of a referral; the programs know nothing of it.
 */
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 20;
const file = process.env['MOVED_CLOCK_FILE'] ?? '';
const RealDate = Date;
const realNow = Date.now;
let aheadMs = 0;

setInterval(() => {
  const said = readFileSync(file, 'utf8');
  // Empty for the moment in which it is written anew.
  if (said !== '') aheadMs = Number(said);
}, LOOK_EVERY_MS).unref();

class MovedDate extends RealDate {
  constructor(...given: []) {
    if (given.length === 0) super(MovedDate.now());
    else super(...given);
  }

  static override now(): number {
    return realNow() + aheadMs;
  }
}

// mongoose knows the type by its name.
Object.defineProperty(MovedDate, 'name', { value: 'Date' });
globalThis.Date = MovedDate as DateConstructor;
