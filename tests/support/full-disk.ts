import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A disk for the data of a Parley that can be made full, and have room again. */
export interface Disk {
  fill(pid: number): void;
  free(pid: number): void;
  /** Takes the disk away; whoever uses it has to be gone. */
  remove(): void;
}

export interface DiskKind {
  /** What Parley says while it is full. */
  reason: string;
  possible: boolean;
  make(folder: string): Disk;
}

const run = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const isLinux = process.platform === "linux";

/** A small disk in memory: only root can mount one. */
export const smallDisk: DiskKind = {
  reason: "the disk is full",
  possible: isLinux && process.getuid?.() === 0 && canMount(),
  make(folder) {
    mkdirSync(folder, { recursive: true });
    if (!run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder)) throw new Error("no mount");
    const ballast = join(folder, "ballast");
    return {
      fill: () => writeUntilFull(ballast),
      free: () => rmSync(ballast),
      remove: () => run("umount", "-l", folder),
    };
  },
};

/** A disk whose files cannot grow, as far as one process is concerned: anyone on Linux can have it. */
export const stuckDisk: DiskKind = {
  reason: "the disk reports an error",
  possible: isLinux && run("prlimit", "--version"),
  make: () => ({
    fill: (pid) => run("prlimit", "--pid", `${pid}`, "--fsize=1:"),
    free: (pid) => run("prlimit", "--pid", `${pid}`, "--fsize=unlimited:"),
    remove: () => {},
  }),
};

function canMount(): boolean {
  const folder = `/tmp/parley-mount-${process.pid}`;
  mkdirSync(folder);
  const mounted = run("mount", "-t", "tmpfs", "tmpfs", folder);
  if (mounted) run("umount", folder);
  rmSync(folder, { recursive: true });
  return mounted;
}

function writeUntilFull(file: string): void {
  const ballast = openSync(file, "w");
  try {
    for (const size of [65_536, 4_096, 1]) {
      try {
        for (;;) writeSync(ballast, Buffer.alloc(size));
      } catch (error) {
        if ((error as { code?: unknown }).code !== "ENOSPC") throw error;
      }
    }
  } finally {
    closeSync(ballast);
  }
}
