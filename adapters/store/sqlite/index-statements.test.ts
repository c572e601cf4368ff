import { expect, test } from '@jest/globals';
import { openDatabase } from './database.ts';
import { indexStatements } from './index-statements.ts';

const { connection, close } = openDatabase(':memory:');
const plans = new Map(
  Object.entries(indexStatements(connection)).map(([name, { sourceSQL }]) => [
    name,
    connection
      .prepare(`EXPLAIN QUERY PLAN ${sourceSQL}`)
      .all()
      .map(({ detail }) => String(detail)),
  ]),
);
close();

test.each([...plans])('%s goes through nothing that it does not answer, and sorts nothing', (_name, plan) => {
  for (const step of plan) expect(step).not.toMatch(/SCAN|TEMP B-TREE/);
});

test.each(['page', 'pageReverse'])('%s seeks both its ends by value and id, then each document by id', (name) => {
  expect(plans.get(name)).toEqual([
    expect.stringContaining(
      'SEARCH i USING PRIMARY KEY (collection=? AND name=? AND (value,id)>(?,?) AND (value,id)<(?,?))',
    ),
    expect.stringMatching(/^SEARCH a USING INDEX \w+ \(collection=\? AND id=\?\)$/),
  ]);
});

test('counting reads as many rows as there are values', () => {
  expect(plans.get('countBy')).toEqual([expect.stringContaining('SEARCH index_count USING PRIMARY KEY')]);
});
