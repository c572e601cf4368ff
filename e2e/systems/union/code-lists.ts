/** The union's own codes, as its clerks pick them, and what they wrongly typed instead. */

export interface Code {
  readonly code: string;
  readonly name: string;
}

export const PROGRAMMES = {
  individual: { code: 'XL01', name: '个体心理咨询' },
  group: { code: 'XL02', name: '团体心理辅导' },
  crisis: { code: 'XL03', name: '心理危机援助' },
  family: { code: 'XL04', name: '职工家庭关系咨询' },
} as const satisfies Record<string, Code>;

export const AID = {
  living: { code: '1', name: '生活救助' },
  medical: { code: '2', name: '医疗救助' },
  schooling: { code: '3', name: '金秋助学' },
  employment: { code: '4', name: '再就业帮扶' },
} as const satisfies Record<string, Code>;

export const STAGES = {
  accepted: '10',
  underWay: '20',
  agreed: '30',
  failed: '40',
  withdrawn: '50',
} as const;

/** Codes that stand in no code list, with what the clerk meant. */
export const OUTSIDE = {
  programme: { code: 'XL9X', name: '职工心灵驿站开放日' },
  aid: { code: '8', name: '夏送清凉' },
  stage: '99',
} as const;
