// Run by mongosh --nodb in the service mongodb-init, once all three members answer: makes them a replica set and gives the
// hub its account. Run again it changes nothing but the account's password, which is then the file's.
const { readFileSync } = require('node:fs');
const secret = (name) => readFileSync(`/run/secrets/${name}`, 'utf8').trim();

const members = ['mongodb-1:27017', 'mongodb-2:27017', 'mongodb-3:27017'];
const replicaSet = 'xinqiao';
const account = `root:${encodeURIComponent(secret('mongodb-root-password'))}`;

const first = connect(`mongodb://${account}@${members[0]}/admin?directConnection=true`);
try {
  first.adminCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  first.adminCommand({ replSetInitiate: { _id: replicaSet, members: members.map((host, _id) => ({ _id, host })) } });
}

// Connects when there is a primary.
const all = connect(
  `mongodb://${account}@${members.join(',')}/xinqiao?authSource=admin&replicaSet=${replicaSet}&serverSelectionTimeoutMS=60000`,
);
const hub = { pwd: secret('mongodb-hub-password'), roles: [{ role: 'readWrite', db: 'xinqiao' }] };
if (all.getUser('hub') === null) all.createUser({ user: 'hub', ...hub });
else all.updateUser('hub', hub);
print('the replica set stands, and the hub has its account');
