import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { among, mariaDbSql, postgresSql, sql, sqlName } from './sql-statement.ts';

const hostile = `'; DROP TABLE person; --`;
const statement = (ids: readonly string[]) =>
  sql`SELECT ${sqlName('name')} FROM ${sqlName('v_register')} WHERE id ${among(ids)} AND kind = ${hostile} LIMIT ${10}`;

describe('a statement', () => {
  test('for PostgreSQL has one array parameter for a list of any length', () => {
    expect(postgresSql(statement(['a', 'b']))).toEqual({
      text: 'SELECT name FROM v_register WHERE id = ANY($1) AND kind = $2 LIMIT 10',
      values: [['a', 'b'], hostile],
    });
    expect(postgresSql(statement([])).text).toBe(postgresSql(statement(['a'])).text);
  });

  test('for MariaDB has a mark for each value; an empty list is true for nothing', () => {
    expect(mariaDbSql(statement(['a', 'b']))).toEqual({
      text: 'SELECT name FROM v_register WHERE id IN (?, ?) AND kind = ? LIMIT 10',
      values: ['a', 'b', hostile],
    });
    expect(mariaDbSql(statement([])).text).toContain('id IN (NULL)');
  });

  test('can stand in another, and the places of its parameters go on', () => {
    const inner = sql`SELECT id FROM a WHERE x = ${'1'}`;
    expect(postgresSql(sql`SELECT ${'0'} FROM (${inner}) WHERE y = ${'2'}`)).toEqual({
      text: 'SELECT $1 FROM (SELECT id FROM a WHERE x = $2) WHERE y = $3',
      values: ['0', '1', '2'],
    });
  });

  test('case 48: no value becomes text of it', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), (ids) => {
        const marks = ids.map(() => '?').join(', ');
        expect(mariaDbSql(sql`a ${among(ids)}`)).toEqual({ text: `a IN (${marks})`, values: ids });
        expect(postgresSql(sql`a ${among(ids)}`)).toEqual({ text: 'a = ANY($1)', values: [ids] });
        const [one = ''] = ids;
        const inner = sql`a = ${one}`;
        expect(mariaDbSql(sql`(${inner})`)).toEqual({ text: '(a = ?)', values: [one] });
        expect(postgresSql(sql`(${inner})`)).toEqual({ text: '(a = $1)', values: [one] });
      }),
    );
  });

  test.each(['', 'A', 'a b', 'a"b', 'a;b', 'a.b', '1a', '名'])('takes no %j for a name', (name) => {
    expect(() => sqlName(name)).toThrow(RangeError);
    expect(() => postgresSql(sql`SELECT ${{ name }}`)).toThrow(RangeError);
  });

  test.each([-1, 1.5, Number.NaN, Infinity])('takes no %p for a number', (value) => {
    expect(() => postgresSql(sql`LIMIT ${value}`)).toThrow(RangeError);
  });
});
