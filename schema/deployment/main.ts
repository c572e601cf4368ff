/** `npm run deployment`: a deployment file for subgraphs that run elsewhere. */
import { parseArgs } from 'node:util';
import { DEPLOYMENT_FILE, readDeployment } from '../departments.ts';
import { spreadDeployment } from './spread-deployment.ts';

const HELP = `npm run --silent deployment -- --url URL [--only NAME,NAME] > FILE

Prints schema/deployment.json with an address in the place of each module, for the gateway's DEPLOYMENT_FILE where
subgraphs run in processes of their own.

  --url    address of a subgraph, with {name} in the place of its name, e.g. http://{name}:4000/graphql
  --only   those that run elsewhere; the others stay in the gateway's process
  --help`;

try {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, only: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) console.log(HELP);
  else print(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

function print({ url, only }: { url?: string | undefined; only?: string | undefined }): void {
  if (url === undefined) throw new Error(HELP);
  const spread = spreadDeployment(readDeployment(), {
    url,
    ...(only !== undefined && { only: only.split(',') }),
    from: DEPLOYMENT_FILE,
  });
  console.log(JSON.stringify(spread, null, 2));
}
