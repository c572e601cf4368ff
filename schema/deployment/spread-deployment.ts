import type { DeploymentEntry } from '../departments.ts';

interface SpreadOptions {
  /** Of a subgraph elsewhere, with `{name}` in the place of its name, e.g. `http://{name}:4000/graphql`. */
  readonly url: string;
  /** Those that run elsewhere; all, where nobody is named. */
  readonly only?: readonly string[];
  /** What paths of modules in `deployment` are relative to. */
  readonly from: URL;
}

/** A deployment in which subgraphs run elsewhere, each at its own address. Throws in words for one that there is not. */
export function spreadDeployment(
  deployment: readonly DeploymentEntry[],
  { url, only = [], from }: SpreadOptions,
): readonly DeploymentEntry[] {
  const names = deployment.map(({ name }) => name);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`--only: no subgraph ${unknown.join(', ')}; there are ${names.join(', ')}`);
  if (!url.includes('{name}') && names.length > 1 && only.length !== 1)
    throw new Error('--url: must have {name} in it, or all subgraphs would be one');
  return deployment.map(({ module, ...entry }) => {
    if (only.length > 0 && !only.includes(entry.name))
      return { ...entry, ...(module !== undefined && { module: new URL(module, from).href }) };
    return { ...entry, url: url.replaceAll('{name}', entry.name), batches: true };
  });
}
