/** What the bureau has on the people of the stories, by story. */
import { LEGAL_AID, LEGAL_AID_STAGE, MEDIATION_STAGE } from './code-lists.ts';
import type { LegalAidCase, MediationCase, ReintegrationFile } from './record-types.ts';

interface StoryFacts {
  readonly legalAid?: Omit<LegalAidCase, 'person_no'>;
  readonly mediation?: Omit<MediationCase, 'person_no'>;
  readonly reintegration?: Omit<ReintegrationFile, 'person_no'>;
}

/** Mediation of custody and support; the girl and both parents are parties to the one case. */
const CUSTODY = {
  case_no: '人调2025-0417',
  kind_code: 'HY',
  stage_code: MEDIATION_STAGE.agreed,
  accepted_on: '2025年4月17日',
  agreement_on: '20250609',
  committee_id: 'C4',
  talk: '调解笔录：双方就抚养费与探望时间进行了协商。',
};

export const STORY_FACTS: Readonly<Record<string, StoryFacts>> = {
  'pupil-in-crisis': { mediation: CUSTODY },
  mother: { mediation: CUSTODY },
  father: { mediation: CUSTODY },
  'migrant-worker': {
    legalAid: {
      case_no: '法援2026-0308',
      kind_code: LEGAL_AID.labour,
      stage_code: LEGAL_AID_STAGE.going,
      applied_on: '2026/3/8',
      decided_on: '20260311',
      closed_on: null,
      office_id: 'A2',
      juvenile: '0',
      facts: '案情：拖欠工资。',
    },
  },
  'sealed-rights-case': {
    legalAid: {
      case_no: '法援2026-0519',
      kind_code: LEGAL_AID.civil,
      stage_code: LEGAL_AID_STAGE.granted,
      applied_on: '2026-05-19',
      decided_on: '2026-05-21',
      closed_on: null,
      office_id: 'A1',
      juvenile: '0',
      facts: '案情：申请人身安全保护令。',
    },
  },
  'juvenile-offender': {
    legalAid: {
      case_no: '法援2025-0114',
      kind_code: LEGAL_AID.criminal,
      stage_code: LEGAL_AID_STAGE.closed,
      applied_on: '2025年1月14日',
      decided_on: '20250115',
      closed_on: '2025-06-20',
      office_id: 'A1',
      juvenile: '1',
      facts: '案情：未成年人刑事辩护。',
    },
    reintegration: {
      case_no: '安帮2025-0033',
      from_on: '2025-07-01',
      to_on: null,
      worker: '郭志强',
      office_id: 'S3',
      juvenile: '1',
      sealed: '1',
    },
  },
};
