import { REFERRALS_CATEGORY } from '../hub-events.ts';
import { shanghaiDay } from '../../../adapters/shared/shanghai-day.ts';
import type { Department } from '../../../schema/departments.ts';
import { BASE_DATA, PURPOSE_WORDS } from '../words.ts';
import type { Consent, Recipient } from './consent.ts';

type Terms = Pick<Consent, 'recipients' | 'categories' | 'purposes' | 'to' | 'coversWayBack'> & {
  /** ISO instant; `null` = when it is given. */
  readonly from: string | null;
};

export interface BilingualText {
  readonly zh: string;
  readonly en: string;
}

/** What is shared, with whom, for what, until when, and how to stop it: the text to show before, and to keep after. */
export function consentText(terms: Terms, departments: readonly Department[]): BilingualText {
  const named = terms.categories.map((name) => categoryWords(name, departments));
  const recipients = terms.recipients.map((recipient) => recipientWords(recipient, departments));
  const purposes = terms.purposes.map((purpose) => PURPOSE_WORDS[purpose]);
  const [from, to] = [dayOf(terms.from), dayOf(terms.to)];
  const list = (words: readonly BilingualText[], language: 'zh' | 'en') =>
    words.map((one) => one[language]).join(language === 'zh' ? '、' : '; ');
  return {
    zh: [
      `共享：${list(named, 'zh')}（及${BASE_DATA.zh}）`,
      `给：${list(recipients, 'zh')}`,
      `用于：${list(purposes, 'zh')}；换一个用途须另行同意`,
      `从 ${from ?? '同意之时'} 到 ${to ?? '您撤回为止'}${terms.coversWayBack ? '；复发时转回原机构也包括在内' : ''}`,
      '心理咨询与谈话的内容从不共享。您随时可以撤回，一步即可，不需要理由，即刻生效；撤回不影响您得到服务。',
    ].join('\n'),
    en: [
      `Shared: ${list(named, 'en')} (and ${BASE_DATA.en})`,
      `With: ${list(recipients, 'en')}`,
      `For: ${list(purposes, 'en')}; another purpose takes another consent`,
      `From ${from ?? 'the moment of consent'} until ${to ?? 'you withdraw it'}${terms.coversWayBack ? '; a return at a relapse is covered' : ''}`,
      'What is said in counselling is never shared. You may withdraw at any time, in one step, without a reason and with effect at once; your care does not depend on it.',
    ].join('\n'),
  };
}

/** `health:visits` in words, sensitive ones marked; a name that is unknown stays as it is. */
export function categoryWords(name: string, departments: readonly Department[]): BilingualText {
  if (name === REFERRALS_CATEGORY) return { zh: '转介', en: 'Referrals' };
  for (const department of departments) {
    const category = department.categories.find((one) => one.name === name);
    if (category === undefined) continue;
    return {
      zh: `${department.zh}的${category.zh}${category.sensitive ? '（敏感）' : ''}`,
      en: `${category.en} (${department.en.toLowerCase()}${category.sensitive ? ', sensitive' : ''})`,
    };
  }
  return { zh: name, en: name };
}

function recipientWords(
  { department, organisation, team, division }: Recipient,
  departments: readonly Department[],
): BilingualText {
  const found = departments.find(({ code }) => code === department);
  const names = [organisation, team].filter((name) => name !== null);
  return {
    zh: [...(found ? [`${found.zh}部门`] : []), ...names, `区划 ${division}`].join(' '),
    en: [...(found ? [`the ${found.en.toLowerCase()} department`] : []), ...names, `division ${division}`].join(' '),
  };
}

function dayOf(instant: string | null): string | null {
  return instant === null ? null : shanghaiDay(Date.parse(instant));
}
