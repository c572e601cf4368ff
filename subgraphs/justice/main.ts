import type { JusticeSource, MediationKind } from '../../adapters/justice/port.ts';
import { justiceSettings } from '../../adapters/justice/settings.ts';
import { sqlJusticeSource } from '../../adapters/justice/sql-justice-source.ts';
import { category } from '../shared/category-loaders.ts';
import { departmentModule } from '../shared/department-subgraph.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';

const MEDIATION_TITLES: Readonly<Record<MediationKind, string>> = {
  MARRIAGE_AND_FAMILY: '婚姻家庭纠纷调解',
  NEIGHBOURS: '邻里纠纷调解',
  HOUSING: '房屋宅基地纠纷调解',
  CONTRACT: '合同纠纷调解',
  TRADE: '生产经营纠纷调解',
  DAMAGES: '损害赔偿纠纷调解',
  LABOUR: '劳动争议调解',
  SCHOOL: '校园纠纷调解',
  OTHER: '人民调解',
};

/** Titles name the service, never the outcome or what aid was for. */
export const subgraph = departmentModule<JusticeSource, typeof justiceSettings>({
  slug: 'justice',
  settings: justiceSettings,
  createSource: (settings, { log }) => sqlJusticeSource(settings, { log }),
  categories: {
    'legal-aid': category(
      (source: JusticeSource) => source.legalAidOf,
      ({ opened, decidedOn, organisation }) => ({
        date: opened ?? decidedOn,
        code: 'LEGAL_AID',
        title: '申请法律援助',
        organisation,
      }),
    ),
    mediation: category(
      (source: JusticeSource) => source.mediationOf,
      ({ opened, agreementDate, kind, committee }) => ({
        date: opened ?? agreementDate,
        code: 'MEDIATION',
        title: MEDIATION_TITLES[kind],
        organisation: committee,
      }),
    ),
    reintegration: category(
      (source: JusticeSource) => source.reintegrationOf,
      ({ from, organisation }) => ({ date: from, code: 'REINTEGRATION', title: '开始安置帮教', organisation }),
    ),
  },
});

if (import.meta.main) await runSubgraph(subgraph, { kind: 'department' });
