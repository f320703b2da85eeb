const CLOCK_MS = 24 * 3_600_000;

/** The hour for what is recent, the date for the rest. */
export function Timestamp({ at, now }: { at: number; now: number }) {
  const { hour, date } = formats();
  const format = now - at < CLOCK_MS ? hour : date;
  return <time dateTime={new Date(at).toISOString()}>{format.format(at)}</time>;
}

let built: ReturnType<typeof buildFormats> | undefined;

/** Built when a time is first shown: the system's tables take milliseconds, which a start can do without. */
function formats() {
  built ??= buildFormats();
  return built;
}

function buildFormats() {
  return {
    hour: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }),
    date: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" }),
  };
}
