const PACKAGE = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const PART = /\/((?:gateway|adapters|subgraphs|e2e)\/(?:[^/]+\/)*)[^/]+$/;

/** Which part of a program a profiler's place is in: a folder of the project, a package, Node itself, V8. */
export function placeOf({ functionName, url }: { functionName: string; url: string }): string {
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (url === '') return 'V8 and native code';
  if (url.startsWith('node:')) return 'Node';
  return PACKAGE.exec(url)?.[1] ?? PART.exec(url)?.[1] ?? url;
}
