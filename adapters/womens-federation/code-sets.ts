/** The words that the women's federation uses in its files, and what they mean here. Comparison is after folding widths. */
import { foldWidth } from '../shared/fold-width.ts';
import type {
  FamilySupportKind,
  FamilySupportStatus,
  HotlineDisposition,
  HotlineTopic,
  RightsCaseKind,
  RightsCaseStage,
} from './port.ts';

export const familySupportKind = codeSet<FamilySupportKind>({
  家庭教育指导: 'PARENTING_GUIDANCE',
  婚恋家庭辅导: 'MARRIAGE_COUNSELLING',
  婚姻家庭辅导: 'MARRIAGE_COUNSELLING',
  走访关爱: 'HOME_VISIT',
  走访慰问: 'HOME_VISIT',
  困境妇女帮扶: 'HARDSHIP_AID',
  留守关爱: 'LEFT_BEHIND_CARE',
  留守妇女儿童关爱: 'LEFT_BEHIND_CARE',
});

export const familySupportStatus = codeSet<FamilySupportStatus>({
  进行中: 'ACTIVE',
  已完成: 'COMPLETED',
  已中止: 'STOPPED',
});

export const rightsCaseKind = codeSet<RightsCaseKind>({
  家庭暴力: 'DOMESTIC_VIOLENCE',
  家暴: 'DOMESTIC_VIOLENCE',
  婚姻纠纷: 'MARRIAGE_DISPUTE',
  抚养探望: 'CUSTODY',
  财产权益: 'PROPERTY',
  劳动权益: 'LABOUR_RIGHTS',
  土地权益: 'LAND_RIGHTS',
  性骚扰性侵害: 'SEXUAL_HARM',
});

export const rightsCaseStage = codeSet<RightsCaseStage>({
  已受理: 'ACCEPTED',
  调查中: 'INVESTIGATING',
  调解中: 'MEDIATING',
  已转介: 'TRANSFERRED',
  诉讼支持: 'LITIGATION',
  已结案: 'CLOSED',
});

export const hotlineTopic = codeSet<HotlineTopic>({
  家庭暴力: 'DOMESTIC_VIOLENCE',
  家暴: 'DOMESTIC_VIOLENCE',
  婚姻家庭: 'MARRIAGE_AND_FAMILY',
  子女教育: 'PARENTING',
  法律咨询: 'LEGAL_ADVICE',
  心理疏导: 'PSYCHOLOGICAL_SUPPORT',
  就业创业: 'EMPLOYMENT',
});

export const hotlineDisposition = codeSet<HotlineDisposition>({
  当场解答: 'ANSWERED',
  立案受理: 'CASE_OPENED',
  转办: 'TRANSFERRED',
  预约面询: 'APPOINTMENT_MADE',
  紧急联动: 'EMERGENCY_CALLED',
});

/** 是, 否 and what else exporters write; `null` for an empty cell and anything else. */
export const yesOrNo = (() => {
  const look = codeSet<'yes' | 'no'>({ 是: 'yes', Y: 'yes', '1': 'yes', 否: 'no', N: 'no', '0': 'no' });
  return (text: string): boolean | null => {
    const word = look(text);
    return word === null ? null : word === 'yes';
  };
})();

function codeSet<Code extends string>(words: Readonly<Record<string, Code>>): (text: string) => Code | null {
  const codes = new Map(Object.entries(words));
  return (text) => codes.get(foldWidth(text).replaceAll(' ', '')) ?? null;
}
