import { foldWidth } from '../../../adapters/shared/fold-width.ts';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const CHINESE = '一二三四五六日';
const DAY = '(?:周|星期)?([一二三四五六日天])';
const RANGE = new RegExp(`${DAY}(?:至|到|-|~|—)${DAY}`, 'gu');
const SINGLE = new RegExp(DAY, 'gu');
const TIMES = /(\d{1,2})[:.](\d{2})(?:至|到|-|~|—)(\d{1,2})[:.](\d{2})/gu;

/**
 * Opening hours as people write them: `周一至周五 8:30-12:00 14:00-17:30；周六 9:00-12:00`, `MO-FR 08:30-17:30`, `每天全天`.
 * `null` where they are not understood.
 */
export function hoursFromText(text: string): readonly object[] | null {
  const parts = foldWidth(text)
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const hours = parts.map(hoursOf);
  return hours.length === 0 || hours.some((one) => one.length === 0) ? null : hours.flat();
}

function hoursOf(part: string): readonly object[] {
  const inChinese = DAYS.reduce((text, day, i) => text.replaceAll(day, `周${CHINESE[i] ?? ''}`), part.toUpperCase());
  const spans = [...inChinese.matchAll(TIMES)].map(([, fromHour = '', from = '', toHour = '', to = '']) => ({
    opensAt: `${fromHour.padStart(2, '0')}:${from}`,
    closesAt: `${toHour.padStart(2, '0')}:${to}`,
  }));
  const allDay = /全天|24小时|24 ?H/u.test(inChinese);
  const days = daysOf(inChinese.replaceAll(TIMES, ''));
  if (days.length === 0 || (spans.length === 0 && !allDay)) return [];
  return (allDay ? [{ opensAt: '00:00', closesAt: '24:00' }] : spans).map((span) => ({ days, ...span }));
}

function daysOf(text: string): readonly string[] {
  if (/每[天日]|每周7天/u.test(text)) return DAYS;
  if (/工作日/u.test(text)) return DAYS.slice(0, 5);
  const at = (sign = '') => CHINESE.indexOf(sign === '天' ? '日' : sign);
  const ranges = [...text.matchAll(RANGE)].flatMap(([, from, to]) => DAYS.slice(at(from), at(to) + 1));
  const singles = [...text.replaceAll(RANGE, '').replaceAll(/全天/gu, '').matchAll(SINGLE)].map(
    ([, day]) => DAYS[at(day)] ?? '',
  );
  return [...new Set([...ranges, ...singles])];
}
