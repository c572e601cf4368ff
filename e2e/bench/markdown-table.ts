type Cell = string | number;

/** A Markdown table, padded to be readable as plain text too. Numbers stand right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = rows.map((row) => row.map(shown));
  const widths = head.map((title, i) => Math.max(3, title.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const right = head.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const pad = (row: readonly string[]) =>
    line(row.map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))));
  const rule = widths.map((width, i) => (right[i] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [pad(head), line(rule), ...cells.map(pad)].join('\n');
}

/** No more digits than the measurement carries. */
function shown(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (Number.isNaN(cell)) return '–';
  return Number.isInteger(cell) || cell >= 100 ? String(Math.round(cell)) : cell.toFixed(cell >= 10 ? 1 : 2);
}
