import { Database } from "bun:sqlite";
import { expect, test } from "vitest";
import { keepStatements } from "./statements";

test("a query that was asked before is not prepared again, and answers anew", () => {
  const database = new Database(":memory:");
  database.run("create table things (name text)");
  const giveUp = keepStatements(database);
  const first = database.prepare("select name from things where name > ?");
  expect(first.all("a")).toEqual([]);
  database.prepare("insert into things values (?)").run("b");
  const second = database.prepare("select name from things where name > ?");
  expect(second).toBe(first);
  expect(second.all("a")).toEqual([{ name: "b" }]);
  expect(second.all("c")).toEqual([]);
  giveUp();
  database.close(true);
});

test("queries without end are not all kept", () => {
  const database = new Database(":memory:");
  const giveUp = keepStatements(database);
  for (let n = 0; n < 500; n++) database.prepare(`select ${n}`).get();
  expect(database.prepare("select 0")).toBe(database.prepare("select 0"));
  expect(database.prepare("select 499")).not.toBe(database.prepare("select 499"));
  giveUp();
  database.close();
});
