import type { OwnerDb } from "~/db/db";
import { readSteering, type SteeringText } from "~/steering/form";
import type { Steering } from "~/steering/steering";
import { findConversation } from "./find";

/** Whose answers a form steers. */
export type SteeringScope =
  | { kind: "conversation"; id: string }
  | { kind: "model"; model: string }
  | { kind: "person" };

/** What is set in a scope itself; throws the 404 for an unknown conversation. */
export async function steeringOf(db: OwnerDb, scope: SteeringScope): Promise<Steering> {
  switch (scope.kind) {
    case "conversation":
      return (await findConversation(db, scope.id)).steering;
    case "model":
      return db.defaults.ofModel(scope.model);
    case "person":
      return db.defaults.ofPerson();
  }
}

/**
 * Sets what a form says, all of it or, where a field is not taken, nothing. Gives the reasons by field. A
 * field that the form did not have stays as it was: not every model is asked about thinking.
 */
export async function steer(
  db: OwnerDb,
  scope: SteeringScope,
  typed: SteeringText,
  mostContext: number | undefined,
): Promise<SteeringText> {
  const before = await steeringOf(db, scope);
  const { steering, faults } = readSteering(typed, mostContext);
  if (Object.keys(faults).length > 0) return faults;
  const kept = Object.fromEntries(
    Object.entries(before).filter(([name]) => typed[name as keyof Steering] === undefined),
  );
  const next: Steering = { ...kept, ...steering };
  switch (scope.kind) {
    case "conversation":
      await db.conversations.steer(scope.id, next);
      break;
    case "model":
      await db.defaults.setOfModel(scope.model, next);
      break;
    case "person":
      await db.defaults.setOfPerson(next);
  }
  return {};
}
