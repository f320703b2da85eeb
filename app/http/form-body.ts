import { FORM_FIELDS, FORM_HEAD_BYTES } from "~/limits";

/** The body of a form that has no more fields than are taken. */
export interface FormBody {
  bytes: Buffer<ArrayBuffer>;
  /** Whether there were more: then the body ends behind the last one that is taken. */
  isCut: boolean;
  /** How long its texts can be at most. */
  textBytes: number;
}

const AMPERSAND = 0x26;
const HEAD_END = "\r\n\r\n";
/** How many times its own length a text can have as `%41%42`. */
const ESCAPED = 3;

/**
 * Looks through the body of a form before it is taken apart, and cuts it behind the last field that is taken: a
 * field costs far more than the few bytes that it takes to send. What stands behind the cut may be overwritten.
 */
export function cutForm(bytes: Buffer<ArrayBuffer>, contentType: string): FormBody {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  return boundary ? cutParts(bytes, `--${boundary}`) : cutFields(bytes);
}

function cutFields(bytes: Buffer<ArrayBuffer>): FormBody {
  const cutAt = (end: number, isCut: boolean) => ({
    ...{ bytes: bytes.subarray(0, end), isCut },
    textBytes: Math.floor(end / ESCAPED),
  });
  let end = -1;
  for (let fields = 0; fields < FORM_FIELDS; fields++) {
    end = bytes.indexOf(AMPERSAND, end + 1);
    if (end === -1) return cutAt(bytes.length, false);
  }
  return cutAt(end, true);
}

/** Each part stands between two delimiters. */
function cutParts(bytes: Buffer<ArrayBuffer>, delimiter: string): FormBody {
  let textBytes = 0;
  let start = bytes.indexOf(delimiter);
  for (let parts = 0; start !== -1; parts++) {
    const begin = start + delimiter.length;
    const end = bytes.indexOf(delimiter, begin);
    if (end === -1) break;
    if (parts === FORM_FIELDS) {
      const close = begin + bytes.write("--\r\n", begin);
      return { bytes: bytes.subarray(0, close), isCut: true, textBytes };
    }
    const head = bytes.toString("latin1", begin, Math.min(begin + FORM_HEAD_BYTES, end));
    const headEnd = head.indexOf(HEAD_END);
    const isFile = headEnd !== -1 && /;\s*filename\*?=/i.test(head.slice(0, headEnd));
    if (!isFile) textBytes += end - begin;
    start = end;
  }
  return { bytes, isCut: false, textBytes };
}
