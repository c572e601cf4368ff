import type { HardshipAidKind, UnionSource } from '../../adapters/union/port.ts';
import { unionSettings } from '../../adapters/union/settings.ts';
import { signedUnionSource } from '../../adapters/union/signed-union-source.ts';
import { category } from '../shared/category-loaders.ts';
import { departmentModule } from '../shared/department-subgraph.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';

const AID_TITLES: Readonly<Record<HardshipAidKind, string>> = {
  LIVING: '困难职工生活救助',
  MEDICAL: '困难职工医疗救助',
  SCHOOLING: '金秋助学',
  EMPLOYMENT: '再就业帮扶',
  OTHER: '困难职工帮扶',
};

/** Titles name the service, never the programme within it or the outcome: a timeline is read over many shoulders. */
export const subgraph = departmentModule<UnionSource, typeof unionSettings>({
  slug: 'union',
  settings: unionSettings,
  createSource: (settings, { log }) => signedUnionSource(settings, { log }),
  categories: {
    'employee-assistance': category(
      (source: UnionSource) => source.employeeAssistanceOf,
      ({ opened, provider }) => ({
        date: opened,
        code: 'EMPLOYEE_ASSISTANCE',
        title: '职工心理援助',
        organisation: provider,
      }),
    ),
    'hardship-aid': category(
      (source: UnionSource) => source.hardshipAidOf,
      ({ date, kind, organisation }) => ({ date, code: 'HARDSHIP_AID', title: AID_TITLES[kind], organisation }),
    ),
    'workplace-mediation': category(
      (source: UnionSource) => source.workplaceMediationOf,
      ({ opened, committee }) => ({
        date: opened,
        code: 'WORKPLACE_MEDIATION',
        title: '劳动争议调解',
        organisation: committee,
      }),
    ),
  },
});

if (import.meta.main) await runSubgraph(subgraph, { kind: 'department' });
