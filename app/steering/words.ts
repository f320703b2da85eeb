import type { Steering, Think } from "~/steering/steering";
import { NUMBER_OPTIONS } from "./options";

/** As many as one reads in passing. */
const SAID = 4;

/** What is in force, in a few words: "Instructions, temperature 0.2"; empty where nothing is. */
export function steeringWords(
  steering: Steering,
  thinkValues: readonly Think[],
  most = SAID,
): string {
  const { system, stop, keep_alive, think } = steering;
  const numbers = NUMBER_OPTIONS.flatMap(({ name, label }) => {
    const value = steering[name];
    return value === undefined ? [] : [`${lower(label)} ${value.toLocaleString("en")}`];
  });
  const all = [
    ...(system === undefined ? [] : [system === "" ? "no instructions" : "instructions"]),
    ...(think !== undefined && thinkValues.includes(think) ? [`thinking ${think}`] : []),
    ...numbers,
    ...(stop === undefined ? [] : [stop.length === 1 ? "a stop" : `${stop.length} stops`]),
    ...(keep_alive === undefined ? [] : [keptWords(keep_alive)]),
  ];
  const said =
    all.length > most ? [...all.slice(0, most - 1), `${all.length - most + 1} more`] : all;
  return upper(said.join(", "));
}

function keptWords(keepAlive: string): string {
  if (keepAlive.startsWith("-")) return "kept in memory";
  return `kept for ${/^\d+$/.test(keepAlive) ? `${keepAlive} s` : keepAlive}`;
}

function lower(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
