import { execFile } from 'node:child_process';
import { bareEnvironment } from './bare-environment.ts';

export interface EndedProcess {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LONGEST_MS = 20_000;

/** Runs a program of the project that is to end by itself; `exitCode` is `null` when it did not. */
export async function runToEnd(
  programArguments: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<EndedProcess> {
  return new Promise((resolve) => {
    const options = { env: { ...bareEnvironment(), ...environment }, timeout: LONGEST_MS };
    execFile(process.execPath, [...programArguments], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ exitCode, stdout, stderr });
    });
  });
}
