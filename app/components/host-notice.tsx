import type { ReactNode } from "react";
import { ButtonLink } from "./button";
import type { ModelChoice } from "./model-picker";

export interface HostView {
  /** `empty`: it has no models. `odd`: it does not respond like Ollama; `reason` says how. */
  state: "ready" | "empty" | "unreachable" | "refused" | "odd";
  reason?: string;
  address: string;
  demo: boolean;
  models: ModelChoice[];
}

const INSTALL = "curl -fsSL https://ollama.com/install.sh | sh";
const FIRST_PULL = "ollama pull qwen3:8b";

interface HostNoticeProps {
  host: HostView;
  check: string;
  /** The chosen model, if the host had it before it became unreachable. */
  missed?: string | false;
}

const NOTICE_LOOK = "notice flex rounded-surface border border-line bg-raised";

/** Why there is no model and what to do; nothing while the host is ready. */
export function HostNotice({ host, check, missed = false }: HostNoticeProps) {
  if (host.state === "ready") return null;
  const again = (
    <p>
      <ButtonLink href={check}>Check again</ButtonLink>
    </p>
  );

  // Its width is in `ch`, so the font size must not change on this element.
  return missed ? (
    <div
      className={`mb-2 flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5 pe-2 ps-4 [&_p]:wrap-anywhere [&_p]:text-md ${NOTICE_LOOK}`}
      {...refresh(check)}
    >
      {host.state === "unreachable" ? (
        <div>
          <Sentence>Can’t reach Ollama at {host.address}.</Sentence>
          <p>Start it to go on with {missed}.</p>
        </div>
      ) : (
        <Reason host={host} />
      )}
      {again}
    </div>
  ) : (
    <div className={`flex-col gap-3 px-5 py-4 text-md ${NOTICE_LOOK}`} {...refresh(check)}>
      <Reason host={host} />
      {host.demo ? (
        <p>
          Until then <strong>eliza</strong> stands in: a demo, not a model.
        </p>
      ) : null}
      {again}
    </div>
  );
}

function refresh(check: string) {
  return {
    "hx-get": check,
    "hx-trigger": "every 4s",
    "hx-target": "body",
    "hx-swap": "outerMorph",
  };
}

function Reason({ host }: { host: HostView }) {
  switch (host.state) {
    case "unreachable":
      return <Unreachable address={host.address} />;
    case "empty":
      return <Empty address={host.address} />;
    case "refused":
      return <Refused address={host.address} />;
    case "odd":
      return <Odd address={host.address} reason={host.reason} />;
    case "ready":
      return null;
  }
}

function Unreachable({ address }: { address: string }) {
  return (
    <>
      <Sentence>Can’t reach Ollama at {address}.</Sentence>
      <p>On Linux and macOS these two lines bring it and a first model:</p>
      <Commands lines={`${INSTALL}\n${FIRST_PULL}`} />
      <p>
        For Windows there is a{" "}
        <a
          className="text-accent underline decoration-1 underline-offset-[0.2em]"
          href="https://ollama.com/download"
          rel="noreferrer"
        >
          download
        </a>
        . Another address goes into <code>OLLAMA_HOST</code>.
      </p>
    </>
  );
}

function Empty({ address }: { address: string }) {
  return (
    <>
      <Sentence>Ollama answers at {address}, but has no model yet.</Sentence>
      <p>This line, run where Ollama runs, brings a first one:</p>
      <Commands lines={FIRST_PULL} />
    </>
  );
}

function Refused({ address }: { address: string }) {
  return (
    <>
      <Sentence>Ollama at {address} refuses Parley (403).</Sentence>
      <p>
        It does so when it is asked by a name that it does not know. Ask it by{" "}
        <code>localhost</code> or by its number, or start it so that it takes other names; behind a
        proxy that sends an <code>Origin</code>, add that to <code>OLLAMA_ORIGINS</code>.
      </p>
      <Commands lines="OLLAMA_HOST=0.0.0.0 ollama serve" />
    </>
  );
}

function Odd({ address, reason }: { address: string; reason?: string }) {
  return (
    <>
      <Sentence>Something answers at {address}, but not as Ollama does.</Sentence>
      <p>
        {reason} Check the address in <code>OLLAMA_HOST</code>.
      </p>
    </>
  );
}

function Sentence({ children }: { children: ReactNode }) {
  return <p className="text-base font-semibold">{children}</p>;
}

function Commands({ lines }: { lines: string }) {
  return (
    <figure className="code bg-paper">
      <figcaption>sh</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>{lines}</code>
      </pre>
    </figure>
  );
}
