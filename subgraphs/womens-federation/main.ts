import { dropFolderWomensFederationSource } from '../../adapters/womens-federation/drop-folder-womens-federation-source.ts';
import type { WomensFederationSource } from '../../adapters/womens-federation/port.ts';
import { womensFederationSettings } from '../../adapters/womens-federation/settings.ts';
import { category } from '../shared/category-loaders.ts';
import { departmentModule } from '../shared/department-subgraph.ts';
import { runSubgraph } from '../shared/run-subgraph.ts';

/** Titles name the kind of help, never what brought somebody to it: a timeline is read over many shoulders. */
export const subgraph = departmentModule<WomensFederationSource, typeof womensFederationSettings>({
  slug: 'womens-federation',
  settings: womensFederationSettings,
  // Files that were set aside are named in the log: there is nobody else whom the hub could tell.
  createSource: (settings, { log }) => dropFolderWomensFederationSource(settings, { log }),
  categories: {
    'family-support': category(
      (source: WomensFederationSource) => source.familySupportOf,
      ({ from, organisation }) => ({ date: from, code: 'FAMILY_SUPPORT', title: '家庭关爱服务', organisation }),
    ),
    'rights-case': category(
      (source: WomensFederationSource) => source.rightsCasesOf,
      ({ acceptedOn, organisation }) => ({
        date: acceptedOn,
        code: 'RIGHTS_CASE',
        title: '维权个案受理',
        organisation,
      }),
    ),
    hotline: category(
      (source: WomensFederationSource) => source.hotlineContactsOf,
      ({ date }) => ({ date, code: 'HOTLINE_CONTACT', title: '12338 热线来电' }),
    ),
  },
});

if (import.meta.main) await runSubgraph(subgraph, { kind: 'department' });
