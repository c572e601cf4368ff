/** The bureau's own code lists, as its clerks pick them. */

export type CodeList = readonly (readonly [code: string, name: string])[];

export const LEGAL_AID_KINDS: CodeList = [
  ['01', '法律咨询'],
  ['02', '代拟法律文书'],
  ['03', '刑事辩护与代理'],
  ['04', '民事行政国家赔偿代理'],
  ['05', '值班律师法律帮助'],
  ['06', '劳动争议调解与仲裁代理'],
];
export const LEGAL_AID = { advice: '01', criminal: '03', civil: '04', dutyLawyer: '05', labour: '06' } as const;
export const LEGAL_AID_STAGE = { applied: '10', granted: '20', refused: '21', going: '30', closed: '40' } as const;

export const MEDIATION_KINDS: CodeList = [
  ['HY', '婚姻家庭纠纷'],
  ['LL', '邻里纠纷'],
  ['FW', '房屋宅基地纠纷'],
  ['HT', '合同纠纷'],
  ['SC', '生产经营纠纷'],
  ['PC', '损害赔偿纠纷'],
  ['LD', '劳动争议'],
  ['XY', '校园纠纷'],
];
export const MEDIATION_STAGE = { accepted: '1', going: '2', agreed: '3', notAgreed: '4', withdrawn: '5' } as const;

/** Codes that stand in no code list: typed by hand in the old system. */
export const OUTSIDE = { legalAid: '99', legalAidStage: '55', mediation: 'QT', mediationStage: '8' } as const;

export const OFFICES: CodeList = [
  ['A1', '区法律援助中心'],
  ['A2', '区总工会法律援助工作站'],
  ['S1', '桥头街道司法所'],
  ['S2', '临湖街道司法所'],
  ['S3', '石井镇司法所'],
];
export const LEGAL_AID_OFFICES = ['A1', 'A2'] as const;
export const JUSTICE_OFFICES = ['S1', 'S2', 'S3'] as const;
/** An office that was closed and dropped from the list; files still refer to it. */
export const LOST_OFFICE = 'S9';

export const COMMITTEES: CodeList = [
  ['C1', '桥头街道人民调解委员会'],
  ['C2', '临湖街道人民调解委员会'],
  ['C3', '石井镇人民调解委员会'],
  ['C4', '区婚姻家庭纠纷人民调解委员会'],
  ['C5', '区劳动争议人民调解委员会'],
];
/** Likewise dropped. */
export const LOST_COMMITTEE = 'C9';
