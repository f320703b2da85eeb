import { join } from "node:path";

/** A value of a setting is invalid; the message ends the sentence `--port is "x", but …`. */
export class Fault extends Error {}

function mustBe(what: string): never {
  throw new Fault(`it must be ${what}`);
}

/** A whole number within bounds; throws Fault, as all of these functions do. */
export function wholeNumber(text: string, min: number, max: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  return mustBe(`a whole number from ${min} to ${max}`);
}

/** One of these words, in any case. */
export function oneOf<Word extends string>(text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text.toLowerCase());
  return found ?? mustBe(`${words.slice(0, -1).join(", ")} or ${words.at(-1)}`);
}

/** Distinct values, separated by commas. */
export function list(text: string, parse: (item: string) => string): readonly string[] {
  const items = text.split(",").map((item) => item.trim());
  return [...new Set(items.filter(Boolean).map(parse))];
}

/** A path; `~` is expanded, since the shell does not do it in a variable. */
export function folder(text: string, home: string): string {
  if (text === "") return mustBe("the path of a folder");
  return /^~(?=$|[/\\])/.test(text) ? join(home, text.slice(1)) : text;
}

/** The path of the SQLite file, with or without `sqlite:` or `file:`. */
export function databaseFile(text: string, home: string): string {
  const form = "the path of a file, such as sqlite:/var/lib/parley/parley.db";
  // One letter is a drive of Windows, not a scheme.
  const [, scheme = "", rest = text] = /^([a-z][a-z0-9+.-]+):(.*)$/is.exec(text) ?? [];
  if (/^postgres(ql)?$/i.test(scheme)) {
    throw new Fault(`PostgreSQL is not in this release: it must be ${form}`);
  }
  if (!/^(sqlite|file)?$/i.test(scheme)) return mustBe(form);
  if (scheme && rest.includes("?")) return mustBe(`${form}, without options after a question mark`);
  if (rest === "" || rest === ":memory:" || /[/\\]$/.test(rest)) return mustBe(form);
  const path = scheme
    ? rest.replace(/^\/\/(localhost(?=\/))?/i, "").replace(/^\/+(?=\/|[a-z]:[/\\])/i, "")
    : rest;
  return folder(path, home);
}

/** An IP address or a name, IPv6 with or without brackets. */
export function listenAddress(text: string): string {
  const { host, port } = splitHostPort(text);
  if (port !== undefined) return mustBe("an address without a port, which --port sets");
  const name = hostName(host) ?? mustBe("an IP address or a host name");
  return name.replace(/^\[|\]$/g, "");
}

/** A port from 0 to 65535. */
export function listenPort(text: string): number {
  if (text.startsWith("tcp://")) {
    // Kubernetes sets PARLEY_PORT in pods beside a service named parley.
    throw new Fault(
      "it must be a number; Kubernetes sets it so unless enableServiceLinks is false",
    );
  }
  return wholeNumber(text, 0, 65_535);
}

/** A URL for clients, from any form that Ollama accepts in `OLLAMA_HOST`. */
export function ollamaAddress(given: string): string {
  const text = given
    .trim()
    .replace(/^["']+|["']+$/g, "")
    .trim();
  const form = "an address such as 127.0.0.1:11434 or http://ollama.lan";
  if (text === "ollama.com") return "https://ollama.com";

  const [, scheme, rest = ""] = /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/is.exec(text) ?? [];
  if (scheme && !/^https?$/i.test(scheme)) return mustBe(form);
  const [, user = "", authority = "", path = ""] = /^([^/]*@)?([^/?#]*)(.*)$/s.exec(rest) ?? [];
  const { host, port = scheme ? undefined : "11434" } = splitHostPort(authority);
  if (port !== undefined && !isPort(port)) {
    return mustBe(`${form}, with a port from 1 to 65535 where it has one`);
  }
  // Unspecified addresses are for servers; clients use the loopback.
  const name = hostName(host || "127.0.0.1")?.replace(/^0\.0\.0\.0$/, "127.0.0.1");
  const target = name?.replace(/^\[::\]$/, "[::1]") ?? mustBe(form);

  const address = `${scheme ?? "http"}://${user}${target}${port ? `:${port}` : ""}${path}`;
  const url = URL.canParse(address) ? new URL(address) : mustBe(form);
  if (url.search || url.hash) return mustBe(`${form}, without anything after ? or #`);
  return url.href.replace(/\/+$/, "");
}

/** Such as `/parley`; empty for the root. */
export function basePath(text: string): string {
  const parts = text.split("/").filter(Boolean);
  if (!parts.every((part) => /^[\w.~-]+$/.test(part) && !/^\.+$/.test(part))) {
    return mustBe("a path such as /parley, of letters, digits and the signs . _ ~ -");
  }
  return parts.map((part) => `/${part}`).join("");
}

/** A host name as browsers send it, with its port if given. */
export function allowedHost(text: string): string {
  const { host, port } = splitHostPort(text);
  const name = hostName(host);
  if (!name || (port !== undefined && !isPort(port))) {
    return mustBe("host names, each with or without a port, such as wiki.lan:8080");
  }
  return port === undefined ? name : `${name}:${Number(port)}`;
}

/** An origin as browsers send it. */
export function trustedOrigin(text: string): string {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url && url.href === `${url.origin}/` && hostName(url.hostname);
  return isOrigin ? url.origin : mustBe("origins such as https://wiki.lan:8443, without a path");
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

function splitHostPort(text: string): { host: string; port?: string } {
  const [, inside, after] = /^\[([^\]]*)\](?::(.*))?$/s.exec(text) ?? [];
  const parts = text.split(":");
  const [host, port] =
    inside !== undefined ? [`[${inside}]`, after] : parts.length > 2 ? [`[${text}]`] : parts;
  return { host: host ?? "", port };
}

/** The canonical name, or undefined if it is neither a name nor an address. */
function hostName(host: string): string | undefined {
  if (/[\s/\\?#@]/.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  const name = new URL(`http://${host}`).hostname;
  return /^(\[[\da-f:.]+\]|[a-z\d_][a-z\d._-]*)$/.test(name) ? name : undefined;
}

/** A value quoted for a message: on one line, shortened and without a password. */
export function shown(text: string): string {
  const safe = text.replace(/^(\w+:\/\/)?.*:.*@/s, "$1***@");
  return JSON.stringify(safe.length > 120 ? `${safe.slice(0, 120)}…` : safe);
}
