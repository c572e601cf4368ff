import type { EducationSource } from '../../adapters/education/port.ts';
import { restEducationSource } from '../../adapters/education/rest-education-source.ts';
import { restReferralDesk } from '../../adapters/education/rest-referral-desk.ts';
import { educationSettings } from '../../adapters/education/settings.ts';
import { category } from '../shared/category-loaders.ts';
import { departmentModule } from '../shared/department-subgraph.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';

/** Titles name the service, never the level, the status or what a child is protected from. */
export const subgraph = departmentModule<EducationSource, typeof educationSettings>({
  slug: 'education',
  settings: educationSettings,
  createSource: (settings, { log }) => restEducationSource(settings, { log }),
  createDesk: (settings, { log }) => restReferralDesk(settings, { log }),
  categories: {
    enrolment: category(
      (source: EducationSource) => source.enrolmentOf,
      ({ from, school }) => ({ date: from, code: 'ENROLMENT', title: '入学', organisation: school }),
    ),
    counselling: category(
      (source: EducationSource) => source.counsellingOf,
      ({ opened, organisation }) => ({ date: opened, code: 'COUNSELLING', title: '学校心理辅导', organisation }),
    ),
    assessment: category(
      (source: EducationSource) => source.assessmentOf,
      ({ date }) => ({ date, code: 'ASSESSMENT', title: '学校心理测评' }),
    ),
    protection: category(
      (source: EducationSource) => source.protectionOf,
      ({ opened }) => ({ date: opened, code: 'PROTECTION', title: '学生保护' }),
    ),
  },
});

if (import.meta.main) await runSubgraph(subgraph, { kind: 'department' });
