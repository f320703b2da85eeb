import type { BadReply } from "./bad-replies";
import { defaultLibrary, defaultModels } from "./catalog";
import type { Download } from "./pull";
import { Gate } from "./reply";
import { Slots } from "./slots";
import type {
  ChatBody,
  ChatMessage,
  HostOptions,
  PullScenario,
  Scenario,
  ScriptedModel,
} from "./types";

/** Scenarios in the order they were queued, and what comes when the queue is empty. */
export class Script<S, Request> {
  private readonly queue: S[] = [];
  private otherwise: S | ((request: Request) => S) | undefined;

  next(scenario: S): void {
    this.queue.push(scenario);
  }

  always(scenario: S | ((request: Request) => S) | undefined): void {
    this.otherwise = scenario;
  }

  take(request: Request): S | undefined {
    const queued = this.queue.shift();
    if (queued !== undefined) return queued;
    const { otherwise } = this;
    return otherwise instanceof Function ? otherwise(request) : otherwise;
  }
}

/** All that a host knows. */
export interface State {
  models: ScriptedModel[];
  library: ScriptedModel[];
  readonly version: string;
  readonly everyMs: number;
  readonly batchMs: number;
  /** What each runner has read last, by its key: a host before 0.30 counts only what is new. */
  readonly cached: Map<string, ChatMessage[]>;
  readonly slots: Slots;
  readonly gate: Gate;
  readonly chats: Script<Scenario, ChatBody>;
  readonly pulls: Script<PullScenario, string>;
  /** What is sent from a path in the place of an honest reply. */
  readonly badReplies: Map<string, BadReply>;
  /** What pulls have downloaded, finished or not, by digest. */
  readonly blobs: Map<string, Download>;
}

/** A fresh host. */
export function newState(options: HostOptions): State {
  return {
    models: options.models ?? defaultModels(),
    library: options.library ?? defaultLibrary(),
    version: options.version ?? "0.33.0",
    everyMs: options.everyMs ?? 5,
    batchMs: options.batchMs ?? 0,
    cached: new Map(),
    slots: new Slots(options.slots ?? 1, options.maxQueue ?? 512, options.maxLoaded ?? 3),
    gate: new Gate(),
    chats: new Script(),
    pulls: new Script(),
    badReplies: new Map(),
    blobs: new Map(),
  };
}
