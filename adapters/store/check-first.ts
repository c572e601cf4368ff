import { StoreError } from './port.ts';

/** The size of a page; throws `StoreError` (`STORE_INVALID`) for less than one, and for no whole number. */
export function checkFirst(first: number, store: string): void {
  if (Number.isInteger(first) && first > 0) return;
  throw new StoreError('STORE_INVALID', { store, detail: 'a page of less than one' });
}
