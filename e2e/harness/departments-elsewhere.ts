import { writeFileSync } from 'node:fs';
import { DEPLOYMENT_FILE, readDeployment } from '../../schema/departments.ts';
import { startSubgraphProcess } from './programs.ts';
import type { RunningProcess } from './start-process.ts';

export interface DepartmentsElsewhereOptions {
  /** Where the deployment of the gateway is written to. */
  readonly file: string;
  /** Of a department's process. */
  readonly environmentOf: (name: string) => Readonly<Record<string, string>>;
  /** Ends it when all is over. */
  readonly keep: (starting: Promise<RunningProcess>) => Promise<RunningProcess>;
}

/** Each department's subgraph in a process of its own, the hub's own in the gateway's. Answers the departments' addresses. */
export async function departmentsElsewhere({
  file,
  environmentOf,
  keep,
}: DepartmentsElsewhereOptions): Promise<Readonly<Record<string, string>>> {
  const all = readDeployment();
  const started = await Promise.all(
    all.flatMap(({ name, department }) =>
      department === undefined
        ? []
        : [keep(startSubgraphProcess(name, environmentOf(name))).then(({ url }) => [name, url] as const)],
    ),
  );
  const urls = Object.fromEntries(started);
  const deployment = all.map(({ name, module = '', department }) =>
    department === undefined
      ? { name, module: new URL(module, DEPLOYMENT_FILE).pathname }
      : { name, url: urls[name], batches: true, department },
  );
  writeFileSync(file, JSON.stringify(deployment));
  return urls;
}
