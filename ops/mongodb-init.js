// Run by mongosh --nodb in the service mongodb-init, when all three members answer: makes them a replica set and gives the
// hub its account. Run again it changes the account's password to the file's, and lets it into the database of STORE_DATABASE
// as well: one is restored beside another, which is then asked whose keys were destroyed there.
const { readFileSync } = require('node:fs');
const secret = (name) => readFileSync(`/run/secrets/${name}`, 'utf8').trim();

const members = ['mongodb-1:27017', 'mongodb-2:27017', 'mongodb-3:27017'];
const replicaSet = 'xinqiao';
const account = `root:${encodeURIComponent(secret('mongodb-root-password'))}`;

const first = firstMember();
try {
  first?.adminCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  first.adminCommand({ replSetInitiate: { _id: replicaSet, members: members.map((host, _id) => ({ _id, host })) } });
}

// Connects when there is a primary, of two members as well.
const all = connect(
  `mongodb://${account}@${members.join(',')}/xinqiao?authSource=admin&replicaSet=${replicaSet}&serverSelectionTimeoutMS=60000`,
);
const pwd = secret('mongodb-hub-password');
if (all.getUser('hub') === null) all.createUser({ user: 'hub', pwd, roles: [] });
else all.updateUser('hub', { pwd });
all.grantRolesToUser('hub', [{ role: 'readWrite', db: process.env.STORE_DATABASE }]);
print(`the replica set stands, and the hub has its account for ${process.env.STORE_DATABASE}`);

/** `null` where it does not answer: a set that stands lives without it, and without a set the next connection says so. */
function firstMember() {
  try {
    return connect(`mongodb://${account}@${members[0]}/admin?directConnection=true`);
  } catch (error) {
    print(`${members[0]} was left out: ${error.message}`);
    return null;
  }
}
