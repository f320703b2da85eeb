import type { LiveAnswer } from "./live-answer";

/** Why a generation is aborted, which is the state it then gets. */
export type AbortReason = "stopped" | "interrupted";

export class ActiveGeneration {
  readonly live: LiveAnswer;
  readonly abort = new AbortController();
  /** Waits for an unreachable host until then, by `performance.now()`. */
  readonly patientUntil: number;
  contextTokens: number | null = null;
  busySince: number | undefined;

  readonly #over = Promise.withResolvers<void>();
  readonly #saved = Promise.withResolvers<void>();

  constructor(live: LiveAnswer, patienceMs: number) {
    this.live = live;
    this.patientUntil = performance.now() + patienceMs;
  }

  get id(): string {
    return this.live.ids.generationId;
  }

  get over(): Promise<void> {
    return this.#over.promise;
  }

  /** Resolves when it has ended, or when saving its end has failed once. */
  get savedOrFailing(): Promise<void> {
    return this.#saved.promise;
  }

  savingFails(): void {
    this.#saved.resolve();
  }

  end(): void {
    this.live.end();
    this.#over.resolve();
    this.#saved.resolve();
  }
}

export class ActiveGenerations {
  readonly #byId = new Map<string, ActiveGeneration>();
  readonly #byConversation = new Map<string, Set<ActiveGeneration>>();

  get size(): number {
    return this.#byId.size;
  }

  add(generation: ActiveGeneration): void {
    const { conversationId } = generation.live.ids;
    this.#byId.set(generation.id, generation);
    const others = this.#byConversation.get(conversationId) ?? new Set();
    this.#byConversation.set(conversationId, others.add(generation));
  }

  delete(generation: ActiveGeneration): void {
    const { conversationId } = generation.live.ids;
    this.#byId.delete(generation.id);
    const others = this.#byConversation.get(conversationId);
    others?.delete(generation);
    if (others?.size === 0) this.#byConversation.delete(conversationId);
  }

  find(ownerId: string, id: string): ActiveGeneration | undefined {
    const found = this.#byId.get(id);
    return found?.live.ids.ownerId === ownerId ? found : undefined;
  }

  answersIn(ownerId: string, conversationId: string): LiveAnswer[] {
    return [...(this.#byConversation.get(conversationId) ?? [])]
      .map(({ live }) => live)
      .filter(({ ids }) => ids.ownerId === ownerId);
  }

  [Symbol.iterator](): IterableIterator<ActiveGeneration> {
    return this.#byId.values();
  }
}
