import { expect, test } from 'vitest'
import { splitStatements } from './split-statements.ts'

test('statements end at their semicolon; comments are left out', () => {
  expect(splitStatements('-- first;\nCREATE TABLE a (x); /* ; */ CREATE TABLE b (y)\n;\n')).toEqual([
    'CREATE TABLE a (x)',
    'CREATE TABLE b (y)',
  ])
})

test('a semicolon inside a text or a name ends nothing', () => {
  expect(splitStatements(`INSERT INTO a VALUES ('it''s; fine'); SELECT "odd;name", [b;c], \`d;e\``)).toEqual([
    `INSERT INTO a VALUES ('it''s; fine')`,
    'SELECT "odd;name", [b;c], `d;e`',
  ])
})

test('a trigger stays in one piece, also with a CASE in it', () => {
  const trigger = `CREATE TRIGGER t BEFORE INSERT ON a BEGIN
    SELECT CASE WHEN NEW.x > 0 THEN 1 ELSE 2 END;
    UPDATE b SET y = CASE NEW.x WHEN 1 THEN 2 END WHERE z = 1;
  END`
  expect(
    splitStatements(`${trigger};\nCREATE TEMP TRIGGER u AFTER DELETE ON a BEGIN SELECT 1; END; SELECT 3;`),
  ).toEqual([trigger, 'CREATE TEMP TRIGGER u AFTER DELETE ON a BEGIN SELECT 1; END', 'SELECT 3'])
})

test('an empty script has no statements', () => {
  expect(splitStatements('\n-- nothing here\n;;\n')).toEqual([])
})
