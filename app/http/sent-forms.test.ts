import { expect, test } from "vitest";
import { SentForms } from "./sent-forms";

let now = 0;
const forms = () => new SentForms(() => now);
const to = (place: string, status = 303) =>
  new Response(null, { status, headers: { Location: place } });
const placeOf = (response: Response) => response.headers.get("location");

test("a form that is sent twice at once is taken once", async () => {
  const sent = forms();
  const { promise, resolve } = Promise.withResolvers<Response>();
  const never = () => Promise.reject(new Error("taken twice"));
  const first = sent.once("a", () => promise);
  const others = [sent.once("a", never), sent.once("a", never)];
  resolve(to("/there"));
  expect(placeOf(await first)).toBe("/there");
  for (const other of others) expect(placeOf(await other)).toBe("/there");
  now += 1_900;
  expect(placeOf(await sent.once("a", never))).toBe("/there");
});

test("what is sent later, or is another form, is taken", async () => {
  const sent = forms();
  await sent.once("a", async () => to("/1"));
  expect(placeOf(await sent.once("b", async () => to("/2")))).toBe("/2");
  now += 2_000;
  expect(placeOf(await sent.once("a", async () => to("/3")))).toBe("/3");
});

test("one that was refused or failed leaves the next one its turn", async () => {
  const sent = forms();
  const refused = sent.once("a", async () => to("", 422));
  const taken = sent.once("a", async () => to("/1"));
  expect((await refused).status).toBe(422);
  expect(placeOf(await taken)).toBe("/1");
  const failed = sent.once("b", () => Promise.reject(new Error("no")));
  const next = sent.once("b", async () => to("/2"));
  await expect(failed).rejects.toThrow("no");
  expect(placeOf(await next)).toBe("/2");
});
