import type { Store } from '../../../adapters/store/port.ts';
import { walk } from '../../../adapters/store/walk.ts';
import type { Department } from '../../../schema/departments.ts';
import type { BilingualText } from '../consent/consent-text.ts';
import { type EmergencyAccess, emergencyAccesses } from '../emergency/emergency-access.ts';
import { shanghaiDay } from '../../../adapters/shared/shanghai-day.ts';
import { partyText } from './access-log-text.ts';

interface Notice {
  readonly id: string;
  readonly at: string;
  readonly text: BilingualText;
}

/** What the person must be told: emergency accesses, once they have ended (PIPL art. 18). Newest first. */
export async function noticesOf(
  store: Store,
  personId: string,
  { departments, now }: { departments: readonly Department[]; now: number },
): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  for await (const { id, data } of walk(store, emergencyAccesses, { index: 'byPerson', value: personId }))
    if (Date.parse(data.to) <= now) notices.push({ id, at: data.toldAt ?? data.to, text: textOf(data, departments) });
  return notices.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

const REVIEWS = {
  OPEN: { zh: '正由他人复核', en: 'somebody else is reviewing it' },
  JUSTIFIED: { zh: '经他人复核，认定正当', en: 'reviewed by somebody else and found justified' },
  NOT_JUSTIFIED: {
    zh: '经他人复核，认定不正当，将追究处理',
    en: 'reviewed by somebody else and found not justified; it has consequences',
  },
} as const;

function textOf(access: EmergencyAccess, departments: readonly Department[]): BilingualText {
  const day = shanghaiDay(Date.parse(access.from));
  const who = partyText(access, departments);
  const review = REVIEWS[access.review?.verdict ?? 'OPEN'];
  return {
    zh: `${day} ${who.zh}在紧急情况下查阅了您的记录（最长三小时）；${review.zh}。您可以在访问记录中看到看了什么；有异议请向数据保护负责人提出。`,
    en: `On ${day} ${who.en} opened your records in an emergency (for three hours at most); ${review.en}. Your access log shows what was seen; if you object, turn to the data protection officer.`,
  };
}
