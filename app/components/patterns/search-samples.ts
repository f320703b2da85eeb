import type { SearchView } from "../search-results";

const NOW = new Date(2026, 10, 20, 12).getTime();
const DAY = 24 * 3_600_000;

export const NOTHING_FOUND: SearchView = {
  typed: "high tide",
  titles: [],
  messages: [],
  misread: [],
  sensible: true,
  incomplete: false,
  now: NOW,
};

const plain = (text: string) => ({ text, hit: false });
const hit = (text: string) => ({ text, hit: true });

/** What a search has found, of every kind. */
export const FOUND: SearchView = {
  ...NOTHING_FOUND,
  titles: [
    {
      id: "t1",
      href: "#",
      title: [plain("Why the "), hit("high tide"), plain(" comes twice a day")],
      archived: false,
      updatedAt: NOW - 3_600_000,
    },
    { id: "t2", href: "#", title: [hit("潮")], archived: true, updatedAt: NOW - 90 * DAY },
  ],
  moreTitles: "#",
  messages: [
    {
      id: "m1",
      href: "#",
      title: "Why the tides come twice a day",
      by: "gemma3:27b-instruct-q4_K_M",
      archived: false,
      createdAt: NOW - 7_200_000,
      snippet: [
        plain("… the water rises towards the Moon and away from it, and "),
        hit("high tide"),
        plain(" follows about fifty minutes later each day. ```ts const wait = 50 * MINUTE ``` …"),
      ],
    },
    {
      id: "m2",
      href: "#",
      title: "قصيدة عن البحر",
      by: "You",
      archived: true,
      createdAt: NOW - 200 * DAY,
      snippet: [plain("متى يكون "), hit("المد"), plain(" العالي؟")],
    },
  ],
  more: "#",
};
