/** Working days as the State Council arranges them, year by year. Instants are milliseconds since the epoch; days are Shanghai's. */
export interface WorkingDays {
  /** Did the operator supply this year? */
  knows(year: number): boolean;
  /**
   * The end (24:00) of the `days`th working day after the day of `at`, which itself is not counted (民法典 art. 201, 203).
   * `days` is a whole number from 1.
   */
  addWorkingDays(at: number, days: number): DueInstant;
  /** How many working days lie after the day of `from`, up to the day of `to` and with it. */
  workingDaysBetween(from: number, to: number): number;
}

export interface DueInstant {
  readonly at: number;
  /** A year that nobody supplied was reached: counted by weekends and the holidays that have a fixed date. */
  readonly provisional: boolean;
}
