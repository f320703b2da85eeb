import type { OwnerDb } from "~/db/db";
import { readSteering, type SteeringText } from "~/steering/form";
import { STEERING_FIELDS } from "~/steering/options";
import type { Steering } from "~/steering/steering";
import { findConversation } from "./find";

export type SteeringScope =
  | { kind: "conversation"; id: string }
  | { kind: "model"; model: string }
  | { kind: "person" };

/** What is set in a scope itself; throws if the conversation is unknown. */
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

/** Saves all fields of a form, or none: then returns the faults by field. Fields that it lacks keep their values. */
export async function saveSteering(
  db: OwnerDb,
  scope: SteeringScope,
  typed: SteeringText,
  mostContext: number | undefined,
): Promise<SteeringText> {
  const before = await steeringOf(db, scope);
  const { steering, faults } = readSteering(typed, mostContext);
  if (Object.keys(faults).length > 0) return faults;
  const next: Steering = { ...before };
  for (const name of STEERING_FIELDS) if (typed[name] !== undefined) delete next[name];
  Object.assign(next, steering);
  switch (scope.kind) {
    case "conversation":
      await db.conversations.setSteering(scope.id, next);
      break;
    case "model":
      await db.defaults.setOfModel(scope.model, next);
      break;
    case "person":
      await db.defaults.setOfPerson(next);
  }
  return {};
}
