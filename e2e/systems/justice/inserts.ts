/** The lines of the bureau's tables as INSERT statements in standard SQL: what stands in them comes from this project. */
import type { JusticeRecords } from './record-types.ts';
import { linesOf } from './tables.ts';

const LINES_EACH = 500;

export function insertsOf(records: JusticeRecords): readonly string[] {
  return linesOf(records).flatMap(({ table, columns, lines }) => {
    const parts = Array.from({ length: Math.ceil(lines.length / LINES_EACH) }, (_, i) =>
      lines.slice(i * LINES_EACH, (i + 1) * LINES_EACH),
    );
    return parts.map((some) => {
      const values = some.map((cells) => `(${cells.map(literal).join(', ')})`);
      return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values.join(',\n')}`;
    });
  });
}

function literal(value: string | number | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL');
}
