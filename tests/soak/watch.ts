import type { Send } from "../support/visitor";

/** What may come back from Parley, whoever else does something at the same moment. */
const EXPECTED = new Set([200, 303, 404, 409, 422, 503]);

/** Looks at every response on its way. */
export class Watch {
  readonly faults: string[] = [];
  /** How many responses had each status. */
  readonly statuses = new Map<number, number>();
  /** Sends a request on a connection of its own; one that fails, or is answered as nothing should be, is a fault. */
  readonly send: Send = async (address, init) => {
    const asked = `${init.method ?? "GET"} ${address.pathname}${address.search}`;
    try {
      const response = await fetch(address, { ...init, keepalive: false });
      const { status } = response;
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (!EXPECTED.has(status)) this.fault(`${asked} was answered with ${status}`);
      return response;
    } catch (error) {
      this.fault(`${asked} failed: ${error}`);
      throw error;
    }
  };

  get requests(): number {
    return [...this.statuses.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Notes what is wrong; the same words once. */
  fault(words: string): void {
    if (!this.faults.includes(words)) this.faults.push(words);
  }
}
