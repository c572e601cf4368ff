/**
 * Loaded before the hub (`node --import`): it then knows of the stored data what a hub of version `KNOWN_STORE_VERSION`
 * knows, 1 or 2, or 3, which is made up and which version 1 cannot read. Test support.
 */
import { type StoreVersion, storeVersions } from '../../adapters/store/versions/store-versions.ts';
import { referrals } from './referral.ts';

const known = Number(process.env['KNOWN_STORE_VERSION']);
const third: StoreVersion = { version: 3, readableBy: 2, reindex: [], what: 'made up' };

const table = storeVersions as StoreVersion[];
table.splice(0, table.length, ...[...storeVersions.slice(0, 2), third].slice(0, known));
// What brought version 2.
if (known < 2) Reflect.deleteProperty(referrals.indexes, 'byClockDue');
