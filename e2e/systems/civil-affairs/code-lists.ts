/** The bureau's own codes, as its clerks pick them, and what they wrongly typed instead. */

export interface Code {
  readonly code: string;
  readonly name: string;
}

export const ASSISTANCE = {
  subsistence: { code: '01', name: '最低生活保障' },
  extremePoverty: { code: '02', name: '特困人员救助供养' },
  temporary: { code: '03', name: '临时救助' },
  medical: { code: '04', name: '医疗救助' },
} as const;

export const CHILD = {
  difficulty: { code: 'A', name: '困境儿童' },
  orphan: { code: 'B', name: '孤儿' },
  unsupported: { code: 'C', name: '事实无人抚养儿童' },
  leftBehind: { code: 'D', name: '留守儿童' },
} as const;

export const ELDERLY_SERVICE = {
  visit: { code: '10', name: '居家探访关爱' },
  home: { code: '20', name: '居家上门照护' },
  day: { code: '30', name: '日间照料' },
  meals: { code: '40', name: '老年助餐' },
  institution: { code: '50', name: '机构养老' },
} as const;

export const GUIDANCE = {
  premarital: { code: 'HQ', name: '婚前辅导' },
  marital: { code: 'HY', name: '婚姻关系调适' },
  coolingOff: { code: 'LJ', name: '离婚冷静期辅导' },
  family: { code: 'QZ', name: '亲子关系辅导' },
} as const;

/** Codes that stand in no code list, with what the clerk meant. */
export const OUTSIDE = {
  assistance: { code: '09', name: '困难群众价格临时补贴' },
  child: { code: 'Z', name: '流浪儿童救助' },
  elderly: { code: '99', name: '适老化改造' },
  guidance: { code: 'QT', name: '家风家教讲座' },
} as const satisfies Record<string, Code>;
