/** One layer on its way. Pulls of the same layer share it; it goes on while somebody follows. */
export class Download {
  /** Bytes so far. They stay when a pull is cancelled, and the next pull resumes from there. */
  completed = 0;
  private readonly followers = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(readonly size: number) {}

  get done(): boolean {
    return this.completed >= this.size;
  }

  /** Calls `tick` after every step. Returns how to stop following. */
  follow(tick: () => void, steps: number, everyMs: number): () => void {
    this.followers.add(tick);
    this.timer ??= setInterval(() => this.step(steps), everyMs);
    return () => {
      this.followers.delete(tick);
      if (this.followers.size) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private step(steps: number): void {
    this.completed = Math.min(this.size, this.completed + Math.ceil(this.size / steps));
    for (const tick of [...this.followers]) tick();
  }
}
