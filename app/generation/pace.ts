/** At most 20 updates a second for one answer. */
const SHORTEST_MS = 50;
/** Past this a person would see the text come in jerks. */
const LONGEST_MS = 1_000;
/** An update may take this part of the time until the next one. */
const SHARE = 10;
/** With many answers at once each is updated less often, so that all of them together stay smooth. */
const UPDATES_A_SECOND = 4_000;

/** How often answers are shown anew: one value for all, told how many are being written. */
export class Pace {
  running = 0;

  /** Milliseconds between two updates of an answer whose last update took `cost` milliseconds. */
  interval(cost: number): number {
    const fair = (this.running * 1_000) / UPDATES_A_SECOND;
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, fair, cost * SHARE));
  }
}
