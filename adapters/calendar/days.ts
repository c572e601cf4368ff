import { isoDate } from '../shared/iso-date.ts';

const DAY_MS = 86_400_000;

/** Is it `yyyy-mm-dd` of a day that exists? */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return isoDate(Number(year), Number(month), Number(day)) === text;
}

export function nextDay(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

export function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(day).getUTCDay());
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** Every day from one to another, both with it. */
export function daysOf({ from, to }: { readonly from: string; readonly to: string }): readonly string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = nextDay(day)) days.push(day);
  return days;
}
