/** What an adapter tells the hub's operator: what was set aside or dropped, and how much of it; never values. */
export interface SourceLog {
  warn(details: object, message?: string): void;
}
