/** Long work in the background gives way after this much of it: answers are being written meanwhile. */
const AT_A_TIME_MS = 8;

/** Gives a function to await between small steps of long work: now and then it lets everything else run. */
export function breather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < AT_A_TIME_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}
