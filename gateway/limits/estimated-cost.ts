/** What an operation costs at most, and what one may; in the words of Hive Gateway's demand control. */
export interface OperationCost {
  readonly estimated: number;
  readonly max: number;
}
