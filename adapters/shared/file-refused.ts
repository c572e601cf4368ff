/** Why a dropped file was not taken. Shown to operators; says nothing of what stands in the file. */
export type RefusalReason =
  | 'NO_MANIFEST'
  | 'NOT_IN_MANIFEST'
  | 'CHECKSUM_MISMATCH'
  | 'ROW_COUNT_MISMATCH'
  | 'NOT_A_REGULAR_FILE'
  | 'UNREADABLE'
  | 'CHANGED_WHILE_READ'
  | 'TOO_BIG'
  | 'EXPANDS_TOO_FAR'
  | 'TOO_MANY_ROWS'
  | 'TOO_MANY_COLUMNS'
  | 'NOT_TEXT'
  | 'HTML'
  | 'MALFORMED'
  | 'DATES_FROM_1904'
  | 'COLUMN_MISSING'
  | 'TOO_MANY_BAD_ROWS';

/** A dropped file that is set aside. Stays inside the file-drop reader, which keeps the last good file in force. */
export class FileRefused extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, { cause }: { cause?: unknown } = {}) {
    super(`The file was set aside: ${reason}.`, { cause });
    this.name = 'FileRefused';
    this.reason = reason;
  }
}
