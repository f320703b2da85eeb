import { isAbsolute, join } from "node:path";
import { LOG_LEVELS, type LogLevel } from "./log.server";
import { COMMANDS, readArguments } from "./settings.arguments.server";
import {
  allowedHost,
  basePath,
  databaseFile,
  Fault,
  folder,
  list,
  listenAddress,
  listenPort,
  ollamaAddress,
  oneOf,
  shown,
  trustedOrigin,
  wholeNumber,
} from "./settings.values.server";

export type Settings = {
  host: string;
  port: number;
  dataDir: string;
  databaseFile: string;
  /** A URL without a trailing slash. */
  ollama: string;
  demo: "auto" | "on" | "off";
  parallel: number;
  queue: number;
  titles: boolean;
  logLevel: LogLevel;
  /** Such as `/parley`; empty for the root. */
  basePath: string;
  allowedHosts: readonly string[];
  trustedOrigins: readonly string[];
};

export type Environment = Record<string, string | undefined>;

export type Reading =
  | { kind: "serve"; settings: Settings }
  | { kind: "help" }
  | { kind: "version" }
  | { kind: "faults"; faults: string[] };

interface Setting<T> {
  flag: string;
  /** Variables; the first that is set counts. */
  env: readonly string[];
  /** If the variable `name` equals `is`, the value is `means`. */
  toggle?: { name: string; is: string; means: string };
  default: string;
  placeholder: string;
  sentence: string;
  parse: (text: string, home: string) => T;
}

/** Flags, environment, help, docs and validation all come from this table. */
export const SETTINGS: { readonly [Key in keyof Settings]: Setting<Settings[Key]> } = {
  host: {
    flag: "host",
    env: ["PARLEY_HOST"],
    default: "127.0.0.1",
    placeholder: "ADDRESS",
    sentence: "Address to listen on; 0.0.0.0 lets other machines in.",
    parse: listenAddress,
  },
  port: {
    flag: "port",
    env: ["PARLEY_PORT", "PORT"],
    default: "7333",
    placeholder: "NUMBER",
    sentence: "Port to listen on; 0 takes any free one.",
    parse: listenPort,
  },
  dataDir: {
    flag: "data",
    env: ["PARLEY_DATA"],
    default: "$XDG_DATA_HOME/parley, else ~/.local/share/parley",
    placeholder: "FOLDER",
    sentence: "Folder of the database, made if missing; on Windows %LOCALAPPDATA%\\parley.",
    parse: folder,
  },
  databaseFile: {
    flag: "database",
    env: ["DATABASE_URL"],
    default: "sqlite: and the file parley.db in the data folder",
    placeholder: "URL",
    sentence: "The SQLite file that keeps everything: sqlite:PATH, file:PATH or the path alone.",
    parse: databaseFile,
  },
  ollama: {
    flag: "ollama",
    env: ["OLLAMA_HOST"],
    default: "http://127.0.0.1:11434",
    placeholder: "ADDRESS",
    sentence: "Where Ollama answers, in every form that Ollama itself accepts.",
    parse: ollamaAddress,
  },
  demo: {
    flag: "demo",
    env: ["PARLEY_DEMO"],
    default: "auto",
    placeholder: "auto|on|off",
    sentence: "The built-in demo host: auto offers it while no Ollama answers.",
    parse: (text) => oneOf(text, ["auto", "on", "off"]),
  },
  parallel: {
    flag: "parallel",
    env: ["PARLEY_PARALLEL"],
    default: "4",
    placeholder: "NUMBER",
    sentence: "Generations at a time.",
    parse: (text) => wholeNumber(text, 1, 10_000),
  },
  queue: {
    flag: "queue",
    env: ["PARLEY_QUEUE"],
    default: "100",
    placeholder: "NUMBER",
    sentence: "Generations that may wait for their turn.",
    parse: (text) => wholeNumber(text, 0, 100_000),
  },
  titles: {
    flag: "titles",
    env: ["PARLEY_TITLES"],
    default: "on",
    placeholder: "on|off",
    sentence: "Whether the model titles a conversation after its first answer.",
    parse: (text) => oneOf(text, ["on", "off"]) === "on",
  },
  logLevel: {
    flag: "log-level",
    env: ["LOG_LEVEL"],
    toggle: { name: "DEBUG", is: "1", means: "debug" },
    default: "info",
    placeholder: LOG_LEVELS.join("|"),
    sentence: "The least urgent events that are logged.",
    parse: (text) => oneOf(text, LOG_LEVELS),
  },
  basePath: {
    flag: "base-path",
    env: ["PARLEY_BASE_PATH"],
    default: "/",
    placeholder: "PATH",
    sentence: "Serve under this sub-path, behind a proxy that passes it on.",
    parse: basePath,
  },
  allowedHosts: {
    flag: "allowed-hosts",
    env: ["PARLEY_ALLOWED_HOSTS"],
    default: "none",
    placeholder: "LIST",
    sentence: "Host names, with commas between, under which browsers may reach this server.",
    parse: (text) => list(text, allowedHost),
  },
  trustedOrigins: {
    flag: "trusted-origins",
    env: ["PARLEY_TRUSTED_ORIGINS"],
    default: "none",
    placeholder: "LIST",
    sentence: "Origins of other sites, with commas between, whose forms may post here.",
    parse: (text) => list(text, trustedOrigin),
  },
};

const ROWS: readonly Setting<unknown>[] = Object.values(SETTINGS);

/** Reads settings from flags and environment, or returns all faults. */
export function readSettings(argv: readonly string[], env: Environment, home: string): Reading {
  const { kind, flags, faults } = readArguments(
    argv,
    ROWS.map((row) => row.flag),
  );
  if (kind !== "serve") return { kind };

  // After a fault the fallback is used, so that all faults are found.
  const read = <Key extends keyof Settings>(key: Key, fallback: Settings[Key]): Settings[Key] => {
    const given = givenValue(SETTINGS[key], flags, env);
    if (!given) return fallback;
    try {
      return SETTINGS[key].parse(given.text, home);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.push(`${given.source} is ${shown(given.text)}, but ${error.message}.`);
      return fallback;
    }
  };
  const readOrDefault = <Key extends keyof Settings>(key: Key): Settings[Key] =>
    read(key, SETTINGS[key].parse(SETTINGS[key].default, home));

  const dataDir = read("dataDir", defaultFolder(env, home));
  const settings: Settings = {
    host: readOrDefault("host"),
    port: readOrDefault("port"),
    dataDir,
    databaseFile: read("databaseFile", join(dataDir, "parley.db")),
    ollama: readOrDefault("ollama"),
    demo: readOrDefault("demo"),
    parallel: readOrDefault("parallel"),
    queue: readOrDefault("queue"),
    titles: readOrDefault("titles"),
    logLevel: readOrDefault("logLevel"),
    basePath: readOrDefault("basePath"),
    allowedHosts: read("allowedHosts", []),
    trustedOrigins: read("trustedOrigins", []),
  };
  return faults.length > 0 ? { kind: "faults", faults } : { kind: "serve", settings };
}

/** The output of `parley --help`, at most 80 columns wide. */
export function helpText(): string {
  const commands = COMMANDS.map(({ name, sentence }) => `  ${name.padEnd(8)}${sentence}`);
  const settings = ROWS.flatMap((row) => [
    `  --${row.flag} ${row.placeholder}`,
    ...wrapped(row.sentence),
    ...wrapped(`${variables(row).join(", then ")}. Default: ${row.default}`),
  ]);
  return [
    "Parley, a browser chat for Ollama.",
    "",
    "Usage: parley [serve] [--setting value ...]",
    "",
    "Commands",
    ...commands,
    "",
    "Settings, as --name value or --name=value; a flag beats its variable",
    ...settings,
    "",
    "  --version, -v",
    "      Show the version and end.",
    "",
  ].join("\n");
}

/** All settings as a Markdown table, for the README. */
export function settingsTable(): string {
  const rows = ROWS.map((row) => {
    const names = variables(row).map((name) => `\`${name}\``);
    return [`\`--${row.flag}\``, names.join(", then "), `\`${row.default}\``, row.sentence];
  });
  const head = ["flag", "environment", "default", "what it is"];
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function variables({ env, toggle }: Setting<unknown>): string[] {
  return toggle ? [...env, `${toggle.name}=${toggle.is}`] : [...env];
}

function wrapped(text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last.length + word.length > 72) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.map((line) => `      ${line}`);
}

function givenValue(
  row: Omit<Setting<unknown>, "parse">,
  flags: ReadonlyMap<string, string>,
  env: Environment,
): { source: string; text: string } | undefined {
  const flag = flags.get(row.flag);
  if (flag !== undefined) return { source: `--${row.flag}`, text: flag };
  for (const source of row.env) {
    const text = env[source]?.trim();
    if (text) return { source, text };
  }
  const { toggle } = row;
  if (toggle && env[toggle.name]?.trim() === toggle.is) {
    return { source: toggle.name, text: toggle.means };
  }
  return undefined;
}

/** The default data folder; XDG ignores relative paths. */
function defaultFolder(env: Environment, home: string): string {
  const { XDG_DATA_HOME: shared, LOCALAPPDATA: local, OS: system } = env;
  if (shared && isAbsolute(shared)) return join(shared, "parley");
  if (system === "Windows_NT" && local) return join(local, "parley");
  return join(home, ".local", "share", "parley");
}
