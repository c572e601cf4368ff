/** The education department's referral entries, taken over. */
import { restReferralDesk } from '../../adapters/education/rest-referral-desk.ts';
import { type HostileDesk, REFERRAL_IDS, sentFault } from './hostile-desk.ts';
import { hostileFetch, kindsOf } from './hostile-service.ts';
import { writeJson } from './hostile-values.ts';
import { listSpoils } from './list-spoils.ts';
import { NOT_KNOWN, PEOPLE } from './people.ts';
import { TREE_SPOILS } from './spoil-tree.ts';

const BASE = 'http://education.test/api/v2';
const form = {
  rowsIn: 'items',
  knownIn: 'found',
  nextIn: 'nextCursor',
  ownerIn: 'hubReferralId',
  ids: REFERRAL_IDS,
  nexts: ['c1', 'http://elsewhere.test/', 'x'.repeat(5_000), '', null, 7],
};
const SPOILS = { ...TREE_SPOILS, ...listSpoils(form) };
const STATUSES = ['20', '30', '40', '45', '50', '60'];

const item = (who: number) => ({
  hubReferralId: REFERRAL_IDS[who],
  hubVersion: 1 + who,
  status: STATUSES[who],
  returnCode: who === 1 ? 'T1' : null,
  outcomeCode: who === 4 ? 'J1' : null,
  note: `${PEOPLE[who]?.mark ?? ''}意见`,
});

function answer({ url, method }: { url: URL; method: string }): unknown {
  const list = url.pathname.split('/').at(-1);
  if (list === 'token') return { access_token: 'token-1', token_type: 'Bearer', expires_in: 300 };
  if (method === 'POST') return { caseNo: 'ZJ1' };
  const known = PEOPLE.flatMap((_, who) => (who === NOT_KNOWN ? [] : [who]));
  if (list === 'referral-answers') {
    const second = url.searchParams.get('cursor') === 'c1';
    const now = second ? known.slice(3) : known.slice(0, 3);
    return { items: now.map(item), nextCursor: second ? 'c2' : 'c1', more: !second };
  }
  const asked = url.searchParams.get('hubReferralId')?.split(',') ?? [];
  return { items: known.filter((who) => asked.includes(REFERRAL_IDS[who] ?? '')).map(item) };
}

export const educationDesk: HostileDesk = {
  slug: 'education',
  kinds: kindsOf(SPOILS),
  mostBytes: 48_000_000,
  open: (spoils, witness) => {
    const service = { baseUrl: BASE, contentType: 'application/json', answer, treeSpoils: SPOILS, write: writeJson };
    return restReferralDesk(
      {
        EDUCATION_URL: BASE,
        EDUCATION_CLIENT_ID: 'hub',
        EDUCATION_CLIENT_SECRET: 'secret',
        EDUCATION_TIMEOUT_MS: 20_000,
      },
      { fetch: hostileFetch({ ...service, faultOf: sentFault }, { spoils, witness }), log: witness.log },
    );
  },
};
