import type { Department } from '../../../schema/departments.ts';
import { type BilingualText, categoryWords } from '../consent/consent-text.ts';
import type { Consent } from '../consent/consent.ts';
import { shanghaiDay } from '../../../adapters/shared/shanghai-day.ts';
import { BASE_DATA, BASIS_WORDS, PURPOSE_WORDS } from '../words.ts';
import type { AccessLogItem } from './access-log.ts';
import { ADDRESSED } from './addressed.ts';
import type { OwnSubject } from './own-subject.ts';
import { matterWords } from './matter-words.ts';

interface Telling {
  readonly departments: readonly Department[];
  /** To say of which day a consent was. */
  readonly consents: readonly Consent[];
  /** Who reads it. */
  readonly as: OwnSubject['as'];
}

/** One entry of the access log in a sentence: when, who, what, because of what. */
export function accessLogText(item: AccessLogItem, telling: Telling): BilingualText {
  const { departments } = telling;
  const day = shanghaiDay(Date.parse(item.at));
  const who = whoLooked(item, telling);
  if (!item.answered) {
    const purpose = PURPOSE_WORDS[item.purpose];
    return {
      zh: `${day} · ${who.zh}想看，没有看到任何内容 · 目的：${purpose.zh}`,
      en: `${day} · ${who.en} asked and was shown nothing · purpose: ${purpose.en}`,
    };
  }
  if (item.purpose === 'MANDATORY_REPORTING' && item.categories.length === 0)
    return { zh: `${day} · ${who.zh}查看了您的记录`, en: `${day} · ${who.en} looked at your records` };
  const what = whatItWas(item, departments);
  const why = item.bases.map((one) => basisText(one, telling));
  const because = { zh: why.map(({ zh }) => zh).join('、'), en: why.map(({ en }) => en).join('; ') };
  const tail =
    why.length === 0 ? { zh: '', en: '' } : { zh: ` · 依据：${because.zh}`, en: ` · because of ${because.en}` };
  return {
    zh: `${day} · ${who.zh}${what.zh}${tail.zh}`,
    en: `${day} · ${who.en} ${what.en}${tail.en}`,
  };
}

/** What was seen of the person and beside, and what was dealt with. */
function whatItWas({ categories, profile, matters }: AccessLogItem, departments: readonly Department[]): BilingualText {
  const dealtWith = matterWords(matters.filter((root) => root.startsWith('Mutation.')));
  const seen = [
    ...(categories.length === 0 && (profile || matters.length === 0) ? [BASE_DATA] : []),
    ...categories.map((name) => categoryWords(name, departments)),
    ...matterWords(matters.filter((root) => root.startsWith('Query.'))),
  ];
  const parts = [
    // Said once, also where both the record and its field say it.
    { zh: '看到：', en: 'saw: ', list: [...new Map(seen.map((one) => [one.zh, one])).values()] },
    { zh: '处理了：', en: 'dealt with: ', list: dealtWith },
  ].filter(({ list }) => list.length > 0);
  return {
    zh: parts.map(({ zh, list }) => `${zh}${list.map((one) => one.zh).join('、')}`).join('；'),
    en: parts.map(({ en, list }) => `${en}${list.map((one) => one.en).join(', ')}`).join('; '),
  };
}

function whoLooked(
  { by, department, organisation, purpose }: AccessLogItem,
  { departments, as }: Telling,
): BilingualText {
  if (by === 'SELF') return ADDRESSED[as].person;
  if (by === 'GUARDIAN') return ADDRESSED[as].guardian;
  if (purpose === 'MANDATORY_REPORTING') return { zh: '依法处理报告的单位', en: 'an authority that acts on a report' };
  return partyText({ department, organisation }, departments);
}

/** A department or another organisation, in words. */
export function partyText(
  { department, organisation }: { readonly department: string | null; readonly organisation: string | null },
  departments: readonly Department[],
): BilingualText {
  const found = departments.find(({ code }) => code === department);
  const name = organisation === null ? { zh: '', en: '' } : { zh: `（${organisation}）`, en: ` (${organisation})` };
  if (found !== undefined)
    return { zh: `${found.zh}部门${name.zh}`, en: `the ${found.en.toLowerCase()} department${name.en}` };
  return organisation === null
    ? { zh: '其他机构', en: 'another organisation' }
    : { zh: `机构 ${organisation}`, en: `the organisation ${organisation}` };
}

/** A basis with the fact that it stands on: the day of the consent, the number of the referral. */
function basisText({ basis, ground }: AccessLogItem['bases'][number], { consents, as }: Telling): BilingualText {
  const words = Object.hasOwn(BASIS_WORDS, basis)
    ? BASIS_WORDS[basis as keyof typeof BASIS_WORDS]
    : { zh: basis, en: basis };
  const [kind, id] =
    ground === null ? [] : [ground.slice(0, ground.indexOf(':')), ground.slice(ground.indexOf(':') + 1)];
  if (kind === 'consent') {
    const given = consents.find((consent) => consent.id === id);
    if (given?.completeAt == null) return words;
    const day = shanghaiDay(Date.parse(given.completeAt));
    const who = ADDRESSED[as][whoAgreed(given)];
    return { zh: `${words.zh}（${who.zh}于 ${day} 同意）`, en: `${words.en} (${who.en} agreed on ${day})` };
  }
  if (kind === 'referral') return { zh: `${words.zh} ${id}`, en: `${words.en} ${id}` };
  if (kind === 'duty') return { zh: `${words.zh}（${id}）`, en: `${words.en} (${id})` };
  return words;
}

function whoAgreed({ agreements }: Consent): 'person' | 'guardian' | 'both' {
  const givers = new Set(agreements.map(({ by }) => by));
  if (!givers.has('SELF')) return 'guardian';
  return givers.has('GUARDIAN') ? 'both' : 'person';
}
