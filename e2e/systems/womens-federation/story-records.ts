/** What the federation has on file about the people of the stories (`e2e/systems/world/stories-*.ts`). */
import type { PersonRecords } from './record-types.ts';

const NOTHING: PersonRecords = { familySupport: [], rightsCases: [], hotline: [] };

export const STORY_RECORDS: Readonly<Record<string, (localId: string) => PersonRecords>> = {
  'pupil-in-crisis': (localId) => ({
    ...NOTHING,
    familySupport: [
      { localId, kind: '走访关爱', from: '2025-09-18', to: null, sessions: 7, status: '进行中' },
      { localId, kind: '家庭教育指导', from: '2026-03-12', to: '2026-06-25', sessions: 4, status: '已完成' },
    ],
  }),
  mother: (localId) => ({
    familySupport: [
      { localId, kind: '婚恋家庭辅导', from: '2025-04-09', to: '2025-06-30', sessions: 6, status: '已完成' },
      { localId, kind: '家庭教育指导', from: '2026-03-12', to: null, sessions: 9, status: '进行中' },
    ],
    rightsCases: [
      {
        localId,
        kind: '抚养探望',
        stage: '已结案',
        acceptedOn: '2025-05-14',
        closedOn: '2025-08-20',
        protectionOrder: false,
        sealed: false,
      },
    ],
    hotline: [
      { localId, date: '2025-03-27', topic: '婚姻家庭', disposition: '预约面询' },
      { localId, date: '2026-02-16', topic: '子女教育', disposition: '转办' },
    ],
  }),
  // Nothing besides the sealed case hints at it.
  'sealed-rights-case': (localId) => ({
    ...NOTHING,
    rightsCases: [
      {
        localId,
        kind: '家庭暴力',
        stage: '诉讼支持',
        acceptedOn: '2026-07-06',
        closedOn: null,
        protectionOrder: true,
        sealed: true,
      },
    ],
  }),
  'left-behind-child': (localId) => ({
    ...NOTHING,
    familySupport: [{ localId, kind: '留守关爱', from: '2024-03-01', to: null, sessions: 21, status: '进行中' }],
  }),
  'new-mother': (localId) => ({
    ...NOTHING,
    familySupport: [{ localId, kind: '走访关爱', from: '2026-09-20', to: null, sessions: 3, status: '进行中' }],
    hotline: [{ localId, date: '2026-10-11', topic: '心理疏导', disposition: '转办' }],
  }),
};
