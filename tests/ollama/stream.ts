import type { ServerResponse } from "node:http";
import { NDJSON_TYPE } from "~/ollama/wire";
import { until } from "./waiting";
import { Gone } from "./wire";

/** An NDJSON reply. Its head is held back until the first line is there. */
export class LineStream {
  constructor(
    private readonly res: ServerResponse,
    private readonly signal: AbortSignal,
  ) {}

  get started(): boolean {
    return this.res.headersSent;
  }

  /** Sends text and waits while the socket has enough. Throws Gone when the client has left. */
  async write(text: string): Promise<void> {
    if (this.signal.aborted) throw new Gone();
    this.open();
    if (this.res.write(text)) return;
    await until(this.signal, (done) => {
      this.res.once("drain", done);
      return () => this.res.off("drain", done);
    });
  }

  end(text = ""): void {
    this.open();
    this.res.end(text);
  }

  private open(): void {
    if (!this.res.headersSent) this.res.writeHead(200, { "Content-Type": NDJSON_TYPE });
  }
}
