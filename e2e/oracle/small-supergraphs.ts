import type { SmallSupergraph } from './small-supergraph.ts';
import { archive } from './supergraphs/archive.ts';
import { chain } from './supergraphs/chain.ts';
import { grid } from './supergraphs/grid.ts';
import { kiosk } from './supergraphs/kiosk.ts';
import { ledger } from './supergraphs/ledger.ts';
import { library } from './supergraphs/library.ts';
import { registry } from './supergraphs/registry.ts';
import { roots } from './supergraphs/roots.ts';
import { search } from './supergraphs/search.ts';
import { shop } from './supergraphs/shop.ts';

/** Each for some corners of Federation, together for all of them. */
export const SMALL_SUPERGRAPHS: readonly SmallSupergraph[] = [
  shop,
  library,
  archive,
  kiosk,
  search,
  registry,
  chain,
  ledger,
  grid,
  roots,
];
