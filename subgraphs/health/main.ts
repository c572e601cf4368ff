import { fhirHealthSource } from '../../adapters/health/fhir-health-source.ts';
import type { HealthSource } from '../../adapters/health/port.ts';
import { fhirReferralDesk } from '../../adapters/health/fhir-referral-desk.ts';
import { healthSettings } from '../../adapters/health/settings.ts';
import { category } from '../shared/category-loaders.ts';
import { departmentModule } from '../shared/department-subgraph.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';

const VISIT_TITLES = {
  OUTPATIENT: '门诊就诊',
  EMERGENCY: '急诊就诊',
  INPATIENT: '住院',
  HOME: '入户诊疗',
  VIRTUAL: '远程诊疗',
  OTHER: '就诊',
} as const;

/** Titles name the service, never the illness, the drug or the level: a timeline is read over many shoulders. */
export const subgraph = departmentModule<HealthSource, typeof healthSettings>({
  slug: 'health',
  settings: healthSettings,
  createSource: (settings, { log }) => fhirHealthSource(settings, { log }),
  createDesk: (settings, { log }) => fhirReferralDesk(settings, { log }),
  categories: {
    visits: category(
      (source: HealthSource) => source.visitsOf,
      ({ date, class: kind, status, organisation }) =>
        status === 'CANCELLED'
          ? null
          : { date, code: kind === 'INPATIENT' ? 'ADMISSION' : 'VISIT', title: VISIT_TITLES[kind], organisation },
    ),
    diagnoses: category(
      (source: HealthSource) => source.diagnosesOf,
      ({ recorded, onset, organisation }) => ({
        date: recorded ?? onset,
        code: 'DIAGNOSIS',
        title: '登记诊断',
        organisation,
      }),
    ),
    assessment: category(
      (source: HealthSource) => source.assessmentOf,
      ({ date, organisation }) => ({ date, code: 'ASSESSMENT', title: '心理测评', organisation }),
    ),
    'follow-up': category(
      (source: HealthSource) => source.followUpOf,
      ({ last, from, organisation }) => ({ date: last ?? from, code: 'FOLLOW_UP', title: '随访', organisation }),
    ),
    medication: category(
      (source: HealthSource) => source.medicationOf,
      ({ date, organisation }) => ({ date, code: 'PRESCRIPTION', title: '开具处方', organisation }),
    ),
    rehabilitation: category(
      (source: HealthSource) => source.rehabilitationOf,
      ({ from, station }) => ({ date: from, code: 'REHABILITATION', title: '参加社区康复', organisation: station }),
    ),
  },
});

if (import.meta.main) await runSubgraph(subgraph, { kind: 'department' });
