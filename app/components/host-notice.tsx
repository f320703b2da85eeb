import type { ReactNode } from "react";
import type { ModelChoice } from "./model-picker";

/** What the composer and the notices need to know about the host. */
export interface HostView {
  /**
   * `ready`: it answers and has models. `empty`: it answers and has none. `odd`: something answers, but not as
   * Ollama does, and `reason` says what.
   */
  state: "ready" | "empty" | "unreachable" | "refused" | "odd";
  reason?: string;
  /** The address that Parley asks, for the notice. */
  address: string;
  /** True while the built-in demo stands in. */
  demo: boolean;
  models: ModelChoice[];
}

const INSTALL = "curl -fsSL https://ollama.com/install.sh | sh";
const FIRST_PULL = "ollama pull qwen3:8b";

interface HostNoticeProps {
  host: HostView;
  /** The page to load again when the person has done something about it. */
  check: string;
  /** The model in use, if it is on this host: Ollama is known to work and only has to come back. */
  missed?: string | false;
}

/** What stands between the person and a model, and the way out. Nothing while the host is ready. */
export function HostNotice({ host, check, missed = false }: HostNoticeProps) {
  if (host.state === "ready") return null;

  return (
    <div className={missed ? "notice missed" : "notice"} {...refresh(check)}>
      {missed && host.state === "unreachable" ? (
        <div>
          <Unreachable host={host} />
          <p>Start it to go on with {missed}.</p>
        </div>
      ) : (
        <Reason host={host} />
      )}
      {host.demo && !missed ? (
        <p>
          Until then <strong>eliza</strong> stands in: a demo, not a model.
        </p>
      ) : null}
      <p>
        <a className="button" href={check}>
          Check again
        </a>
      </p>
    </div>
  );
}

/** With script the page asks for itself until the host is back, and keeps what is being typed. */
function refresh(check: string) {
  return {
    "hx-get": check,
    "hx-trigger": "every 4s",
    "hx-target": "body",
    "hx-swap": "outerMorph",
  };
}

function Unreachable({ host }: { host: HostView }) {
  return <p className="notice-sentence">Can’t reach Ollama at {host.address}.</p>;
}

function Reason({ host }: { host: HostView }) {
  switch (host.state) {
    case "unreachable":
      return (
        <>
          <Unreachable host={host} />
          <p>On Linux and macOS these two lines bring it and a first model:</p>
          <Commands language="sh" lines={`${INSTALL}\n${FIRST_PULL}`} />
          <p>
            For Windows there is a{" "}
            <a href="https://ollama.com/download" rel="noreferrer">
              download
            </a>
            . Another address goes into <code>OLLAMA_HOST</code>.
          </p>
        </>
      );
    case "empty":
      return (
        <>
          <p className="notice-sentence">Ollama answers at {host.address}, but has no model yet.</p>
          <p>This line, run where Ollama runs, brings a first one:</p>
          <Commands language="sh" lines={FIRST_PULL} />
        </>
      );
    case "refused":
      return (
        <>
          <p className="notice-sentence">Ollama at {host.address} refuses Parley (403).</p>
          <p>
            It does so when it is asked by a name that it does not know. Ask it by{" "}
            <code>localhost</code> or by its number, or start it so that it takes other names;
            behind a proxy that sends an <code>Origin</code>, add that to{" "}
            <code>OLLAMA_ORIGINS</code>.
          </p>
          <Commands language="sh" lines="OLLAMA_HOST=0.0.0.0 ollama serve" />
        </>
      );
    case "odd":
      return (
        <>
          <p className="notice-sentence">
            Something answers at {host.address}, but not as Ollama does.
          </p>
          <p>
            {host.reason} Check the address in <code>OLLAMA_HOST</code>.
          </p>
        </>
      );
    case "ready":
      return null;
  }
}

function Commands({ language, lines }: { language: string; lines: string }): ReactNode {
  return (
    <figure className="code">
      <figcaption>{language}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>{lines}</code>
      </pre>
    </figure>
  );
}
