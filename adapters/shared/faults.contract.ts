import { expect, test } from '@jest/globals';
import { type DepartmentSystem, type Fault, FAULTS } from '../../e2e/systems/shared/department-system.ts';
import type { SourceErrorCode } from './source-error.ts';
import type { SourceAnswer } from './source.ts';

/** What each fault of an HTTP system means to who reads from it. */
export const FAULT_CODES: Readonly<Record<Fault, SourceErrorCode>> = {
  slow: 'SOURCE_TIMEOUT',
  hang: 'SOURCE_TIMEOUT',
  'too-many-requests': 'SOURCE_UNAVAILABLE',
  'error-500': 'SOURCE_UNAVAILABLE',
  'html-200': 'SOURCE_INVALID',
  'cut-off': 'SOURCE_INVALID',
  garbage: 'SOURCE_INVALID',
  down: 'SOURCE_UNAVAILABLE',
  maintenance: 'SOURCE_UNAVAILABLE',
};

/** What a read over HTTP ends in while the sample system is in each of its faults, and that it is well again after it. */
export function describeFaults(
  system: () => DepartmentSystem,
  read: (system: DepartmentSystem, timeoutMs: string) => Promise<SourceAnswer<unknown>>,
): void {
  test.each(FAULTS)('while it is in fault %s the error says which of the three it is', async (fault) => {
    const code = FAULT_CODES[fault];
    await system().break(fault);
    const failed = read(system(), code === 'SOURCE_TIMEOUT' ? '200' : '1000');
    await expect(failed).rejects.toMatchObject({ code, source: system().slug });
    await system().break(null);
    expect((await read(system(), '3000')).rows[0]).toBeInstanceOf(Array);
  });
}
