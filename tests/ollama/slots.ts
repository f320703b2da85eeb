import { Gone, Refusal } from "./reply";
import type { ScriptedModel } from "./types";

/** What a request wants of a model's runner. */
export interface Ask {
  /** The digest: two names of the same weights share a runner, which keeps the first name. */
  key: string;
  model: ScriptedModel;
  contextLength: number;
  /** Given: load even if the model is loaded. */
  loadMs?: number;
  keepAliveMs?: number;
  signal: AbortSignal;
  /** Told when a load begins, with the names of the models that leave memory for it. */
  onLoad?(evicted: string[]): void;
}

/** A model in memory, or on its way there. */
export interface Runner {
  model: ScriptedModel;
  contextLength: number;
  loading: boolean;
  running: number;
  keepAliveMs: number;
  expiresAt: number;
}

/** A slot that was taken; to be given back exactly once. */
export interface Lease {
  /** `unload` says that the runner died, as after a failed load. */
  giveBack(unload?: boolean): void;
}

interface Waiter extends Ask {
  grant(runner: Runner): void;
  fail(reason: Error): void;
}

const defaultKeepAliveMs = 5 * 60_000;

/** Who may run: a number of slots for each model, one load at a time, everyone else waits in order. */
export class Slots {
  private readonly runners = new Map<string, Runner>();
  private queue: Waiter[] = [];
  private elsewhere = 0;

  constructor(
    private readonly perModel: number,
    private readonly maxQueue: number,
    private readonly maxLoaded: number,
  ) {}

  get active(): number {
    return [...this.runners.values()].reduce((sum, { running }) => sum + running, this.elsewhere);
  }

  get queued(): number {
    return this.queue.length;
  }

  /** Loaded models, longest remaining first. One that is still loading is not among them. */
  loaded(): Runner[] {
    for (const key of this.runners.keys()) this.current(key);
    return [...this.runners.values()]
      .filter(({ loading }) => !loading)
      .sort((a, b) => b.expiresAt - a.expiresAt);
  }

  /** Waits for a slot, silently. Rejects with Gone when the client leaves, with a 503 past the limit. */
  take(ask: Ask): Promise<Lease> {
    return new Promise((resolve, reject) => {
      if (ask.signal.aborted) return reject(new Gone());
      const waitsForLoad = ({ key }: Ask) => this.current(key)?.loading !== false;
      if (waitsForLoad(ask) && this.queue.filter(waitsForLoad).length >= this.maxQueue) {
        const text = "server busy, please try again.  maximum pending requests exceeded";
        return reject(new Refusal(503, text));
      }
      const waiter: Waiter = {
        ...ask,
        grant: (runner) => resolve(this.lease(ask.key, runner)),
        fail: reject,
      };
      ask.signal.addEventListener("abort", () => this.forget(waiter), { once: true });
      this.queue.push(waiter);
      this.advance();
    });
  }

  /** A cloud model needs no slot here, but it counts as being served. */
  takeElsewhere(): Lease {
    this.elsewhere += 1;
    return {
      giveBack: () => {
        this.elsewhere -= 1;
      },
    };
  }

  /** Unloads a model once nothing runs on it. */
  unload(key: string): void {
    const runner = this.runners.get(key);
    if (!runner) return;
    runner.keepAliveMs = 0;
    if (!runner.running) this.runners.delete(key);
    this.advance();
  }

  /** All of memory is lost, and nobody waits any more. */
  clear(): void {
    this.runners.clear();
    for (const waiter of this.queue.splice(0)) waiter.fail(new Gone());
  }

  private advance(): void {
    const blocked = new Set<string>();
    for (const waiter of [...this.queue]) {
      if (blocked.has(waiter.key) || this.admit(waiter)) continue;
      blocked.add(waiter.key);
      // Everyone behind a load that waits for memory waits too, even for a model that is loaded.
      if (!this.runners.has(waiter.key) && this.isFull()) break;
    }
  }

  private admit(waiter: Waiter): boolean {
    const runner = this.current(waiter.key);
    if (runner?.loading) return false;
    const usable = runner?.contextLength === waiter.contextLength && waiter.loadMs === undefined;
    if (runner && usable) {
      if (runner.running >= this.perModel) return false;
      this.start(waiter, runner);
      return true;
    }
    const loading = [...this.runners.values()].some((other) => other.loading);
    if (loading || runner?.running) return false;
    const evicted: string[] = runner ? [runner.model.name] : [];
    if (!runner && this.isFull()) {
      const [key, idle] = [...this.runners].find(([, { running }]) => running === 0) ?? [];
      if (!key || !idle) return false;
      this.runners.delete(key);
      evicted.push(idle.model.name);
    }
    waiter.onLoad?.(evicted);
    this.load(waiter);
    return true;
  }

  private isFull(): boolean {
    for (const key of this.runners.keys()) this.current(key);
    return this.runners.size >= this.maxLoaded;
  }

  private load(waiter: Waiter): void {
    const { model, contextLength } = waiter;
    const keepAliveMs = this.runners.get(waiter.key)?.keepAliveMs ?? defaultKeepAliveMs;
    const runner = { model, contextLength, loading: true, running: 0, keepAliveMs, expiresAt: 0 };
    this.runners.set(waiter.key, runner);
    const loaded = () => {
      runner.loading = false;
      runner.expiresAt = Date.now() + (waiter.keepAliveMs ?? keepAliveMs);
    };
    const ms = waiter.loadMs ?? model.loadMs ?? 0;
    if (ms <= 0) {
      loaded();
      this.start(waiter, runner);
      return;
    }
    runner.running = 1;
    this.queue = this.queue.filter((other) => other !== waiter);
    const abort = () => {
      clearTimeout(timer);
      if (this.runners.get(waiter.key) === runner) this.runners.delete(waiter.key);
      waiter.fail(new Gone());
      this.advance();
    };
    const timer = setTimeout(() => {
      waiter.signal.removeEventListener("abort", abort);
      runner.running = 0;
      loaded();
      this.start(waiter, runner);
      this.advance();
    }, ms);
    waiter.signal.addEventListener("abort", abort, { once: true });
  }

  private start(waiter: Waiter, runner: Runner): void {
    this.queue = this.queue.filter((other) => other !== waiter);
    runner.running += 1;
    if (waiter.keepAliveMs !== undefined) runner.keepAliveMs = waiter.keepAliveMs;
    waiter.grant(runner);
  }

  private lease(key: string, runner: Runner): Lease {
    return {
      giveBack: (unload = false) => {
        runner.running -= 1;
        runner.expiresAt = Date.now() + runner.keepAliveMs;
        const mine = this.runners.get(key) === runner;
        if (mine && !runner.running && (unload || runner.keepAliveMs === 0)) {
          this.runners.delete(key);
        }
        this.advance();
      },
    };
  }

  private forget(waiter: Waiter): void {
    if (!this.queue.includes(waiter)) return;
    this.queue = this.queue.filter((other) => other !== waiter);
    waiter.fail(new Gone());
    this.advance();
  }

  /** The runner of a model, unless its time is over. */
  private current(key: string): Runner | undefined {
    const runner = this.runners.get(key);
    if (!runner || runner.loading || runner.running || runner.expiresAt > Date.now()) return runner;
    this.runners.delete(key);
    return undefined;
  }
}
