/**
 * Every limit on what comes from people, files and hosts. SECURITY.md lists them; a test compares the two, so
 * the ending of a name says its unit: BYTES, CHARACTERS, PIXELS or MS. Without one it is a count.
 */

const KIB = 1024;
const MIB = 1024 * KIB;

// From people

/** A whole request, files included. */
export const REQUEST_BYTES = 64 * MIB;
/** The files of one form: what the browser script leaves for the text of a request. */
export const FORM_FILES_BYTES = 62 * MIB;
/** Fields of one form, files included. */
export const FORM_FIELDS = 1_000;
/** The text of one form. */
export const FORM_TEXT_BYTES = 2 * MIB;
/** The headers of a file in a form; a part with longer headers counts as text. */
export const FORM_HEAD_BYTES = 16 * KIB;
/** The headers of a request: enough for all cookies that a browser stores for one host. */
export const HEADER_BYTES = MIB;
/** A prompt or instructions. */
export const PROMPT_BYTES = MIB;
/** Placeholders of one saved prompt: each is a field of the form that fills it in. */
export const PLACEHOLDERS = 100;
/** A title given by hand. */
export const TITLE_CHARACTERS = 255;
/** Files attached to one prompt. */
export const PROMPT_FILES = 10;
/** Prompts queued in one conversation. */
export const QUEUED_PROMPTS = 20;
/** A search query. */
export const QUERY_CHARACTERS = 400;
/** Stop sequences of one conversation, model or default. */
export const STOP_SEQUENCES = 16;
/** One stop sequence. */
export const STOP_SEQUENCE_CHARACTERS = 200;

// From files

/** An attached file. */
export const FILE_BYTES = 20 * MIB;
/** The name of an attached file; a longer one is shortened. */
export const FILE_NAME_CHARACTERS = 200;
/** A picture, decoded. */
export const PICTURE_PIXELS = 64_000_000;
/** Pages of a PDF. */
export const PDF_PAGES = 1_000;
/** Text of a PDF. */
export const PDF_CHARACTERS = 4_000_000;
/** Memory of the process that reads a PDF. */
export const PDF_MEMORY_BYTES = 1024 * MIB;
/** Time to read a PDF. */
export const PDF_MS = 30_000;
/** A file whose prompt is not sent, and text on its way back to a box, are deleted after this time. */
export const UNSENT_MS = 24 * 3_600_000;
/** All text of a person that is on its way back to a box; the oldest goes first. */
export const UNSENT_TEXT_BYTES = 8 * MIB;
/** Everything an imported archive unpacks to. */
export const UNPACKED_BYTES = 1024 * MIB;
/** How many times its packed size one part of an archive may unpack to. */
export const UNPACKED_RATIO = 400;
/** Conversations in an imported file. */
export const IMPORTED_CONVERSATIONS = 100_000;
/** One conversation in an imported file, as JSON. */
export const IMPORTED_CONVERSATION_BYTES = 64 * MIB;
/** Messages of one imported conversation. */
export const IMPORTED_MESSAGES = 100_000;
/** An imported answer, its thinking counted apart. */
export const IMPORTED_ANSWER_BYTES = 4 * MIB;
/** Generations of one imported conversation; more are left out. */
export const IMPORTED_GENERATIONS = 100_000;
/** Generations of one imported message; more are left out. */
export const IMPORTED_MESSAGE_GENERATIONS = 200;
/** Files of one imported conversation; more are left out. */
export const IMPORTED_FILES = 2_000;
/** Files of one imported message; more are left out. */
export const IMPORTED_MESSAGE_FILES = 100;
/** Files in an imported archive. */
export const ARCHIVE_ENTRIES = 200_000;
/** Tokens that an imported answer claims; a larger count is left out. */
export const CLAIMED_TOKENS = 1_000_000_000;
/** A time that an imported answer claims to have taken; a longer one is left out. */
export const CLAIMED_MS = 30 * 24 * 3_600_000;
/** What an imported answer says of why it failed; more is cut off. */
export const ERROR_DETAIL_CHARACTERS = 64 * KIB;
/** Values in one imported conversation: small ones take most memory. */
export const IMPORTED_VALUES = 1_000_000;
/** Levels of nesting in imported JSON. */
export const JSON_DEPTH = 512;

// From hosts

/** Time to list the models of a host. */
export const LIST_MS = 5_000;
/** A list of models, or what a host says about one model. */
export const HOST_JSON_BYTES = MIB;
/** Values in such a list, such a description or a line of an answer: small ones take most memory. */
export const HOST_JSON_VALUES = 100_000;
/** Models of one host; the rest of a longer list is left out. */
export const HOST_MODELS = 1_000;
/** The name of a model; a model with a longer one is left out. */
export const MODEL_NAME_CHARACTERS = 255;
/** Models that a host is asked about at the same time. */
export const MODELS_SHOWN_AT_ONCE = 4;
/** What is kept of the instructions that a model brings along. */
export const MODEL_SYSTEM_CHARACTERS = 1_000;
/** One line of an answer as a host sends it. */
export const LINE_BYTES = MIB;
/** All lines of an answer together. */
export const STREAM_BYTES = 512 * MIB;
/** An answer, its thinking counted apart; it ends there as one that reached its length limit. */
export const ANSWER_BYTES = 4 * MIB;
/** A title that a model writes, its thinking counted apart. */
export const MADE_TITLE_BYTES = 4 * KIB;
/** An error of a host, and what is kept of it. */
export const HOST_ERROR_BYTES = 64 * KIB;
/** A prompt that its host is too busy to take is sent again for this long. */
export const BUSY_MS = 600_000;
/** Time that prompts which were queued at a start wait for a host that is away. */
export const HOST_AT_START_MS = 60_000;

// What is shown at once

/** Text of the messages of one page; longer conversations have more pages, and one message is always shown whole. */
export const PAGE_BYTES = 2 * MIB;

// What search finds

/** The beginning of a message, in which a character of a script without spaces counts as three; no prompt is longer. */
export const INDEXED_CHARACTERS = 1.5 * MIB;

// What is formatted on a page; the rest is shown as plain text

/** An answer. */
export const FORMATTED_CHARACTERS = 256 * KIB;
/** A list, a table or another block of an answer that is being written. */
export const FORMATTED_BLOCK_CHARACTERS = 64 * KIB;
/** A paragraph of an answer, an item of a list or a cell of a table. */
export const FORMATTED_PARAGRAPH_CHARACTERS = 32 * KIB;
/** Formulas of an answer. */
export const FORMULAS = 2_000;
/** A word that is looked through for addresses to link. */
export const LINKED_WORD_CHARACTERS = 2_000;
