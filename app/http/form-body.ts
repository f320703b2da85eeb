import { FORM_FIELDS, FORM_HEAD_BYTES } from "~/limits";

/** The body of a form, cut to the number of fields that are allowed. */
export interface FormBody {
  bytes: Buffer<ArrayBuffer>;
  /** Whether there were more fields. */
  isCut: boolean;
  /** An upper bound for the length of its text fields. */
  textBytes: number;
}

const AMPERSAND = 0x26;
const LINE_END = "\r\n";
const HEAD_END = "\r\n\r\n";
/** Percent-encoding makes text up to three times as long. */
const PERCENT_ENCODING = 3;

/**
 * Checks the body of a form before it is parsed, because parsing a field costs far more than sending one.
 * Overwrites a few bytes after the last field that is kept.
 */
export function cutForm(bytes: Buffer<ArrayBuffer>, contentType: string): FormBody {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  return boundary ? cutMultipart(bytes, `--${boundary}`) : cutUrlencoded(bytes);
}

function cutUrlencoded(bytes: Buffer<ArrayBuffer>): FormBody {
  const cutAt = (end: number, isCut: boolean) => ({
    ...{ bytes: bytes.subarray(0, end), isCut },
    textBytes: Math.floor(end / PERCENT_ENCODING),
  });
  let end = -1;
  for (let fields = 0; fields < FORM_FIELDS; fields++) {
    end = bytes.indexOf(AMPERSAND, end + 1);
    if (end === -1) return cutAt(bytes.length, false);
  }
  return cutAt(end, true);
}

function cutMultipart(bytes: Buffer<ArrayBuffer>, delimiter: string): FormBody {
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
    const around = headEnd === -1 ? 0 : headEnd + HEAD_END.length + LINE_END.length;
    if (!isFile) textBytes += Math.max(0, end - begin - around);
    start = end;
  }
  return { bytes, isCut: false, textBytes };
}
