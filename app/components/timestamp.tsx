const CLOCK_MS = 24 * 3_600_000;

/** The time of day within the last 24 hours, then the date. */
export function Timestamp({ at, now }: { at: number; now: number }) {
  const { hour, date } = formats();
  const format = now - at < CLOCK_MS ? hour : date;
  return <time dateTime={new Date(at).toISOString()}>{format.format(at)}</time>;
}

let built: ReturnType<typeof buildFormats> | undefined;

/** Built on first use: locale tables delay the start by milliseconds. */
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
